/** Lures without a page behind them, and cheap baits; form as in english.ts. */
export const SCAMS = `
#! fee
S Dear beloved
S URGENT REPLY NEEDED
S Re: your compensation fund
S Business proposal
S Good day
S Donation to you
S From the desk of Mr {person}
1 I am {person}, a widow suffering from a long illness. I have decided to donate what I inherited from my late husband, 4.{n1} million dollars, to you for charity work.
1 I am the auditing manager of a bank in {city}. A late customer died without next of kin and left 1{n1}.5 million dollars, which we can share.
1 This is to inform you that your compensation payment of $1.{n1} million has been approved and will be delivered by ATM card.
1 You have been selected to receive a donation of 2,{n2}0,000.00 euros from a lottery winner.
1 I am a soldier serving abroad and need a trusted person to receive two trunk boxes on my behalf.
1 I have a very profitable deal for you, risk free. I need a partner who can handle large projects in your country.
1 I sent you a message before but you have not replied to me. Is this email still valid?
2 Kindly send your full name, address, phone number and occupation so that we can proceed.
2 Reply to my private address for more details. God bless you.
2 Contact the paying bank immediately and pay only the delivery charge of {amount}.
2 Treat this as urgent and confidential.
3 Yours faithfully, {person}
3 Remain blessed, {person}
#! loan
S Do you need a loan?
S Loan offer at 3%
S Project funding
1 We give out personal and business loans from 5,000 to 50,000,000 at 3% interest, even if you were refused by your bank.
1 Our firm finances projects in all sectors. We are looking for partners with viable business ideas.
2 If interested, reply with the amount needed, duration and your phone number.
2 Apply today, approval within 24 hours and no collateral.
#! extort
S I recorded you
S For your own safety, read this
S We need to talk. Now.
S Your device was hacked
1 Hello. I have bad news for you. Some months ago I gained full access to your device and infected it with my malware, and recorded you through the camera while you were watching adult content.
1 I am a hacker who has access to your operating system. I have been observing you for a while, and I know your password.
2 Transfer $1{n2}0 in bitcoin to my wallet within 48 hours, or I will send the video to all of your contacts: bc1q{n6}x{n6}k{n6}w{n6}h{n6}z{n4}
2 If you pay, I delete everything and you will never hear from me again. Do not go to the police.
3 The timer started when you opened this email.
#! prize
S Congratulations! You have been selected
S Your reward is waiting
S Final notice: claim your {brand} gift
S Answer & win a new {brand} tool set
S RE: your pending package
S You won
1 You have been chosen to take part in our loyalty program for free. Complete the short survey and receive a brand new {brand} box.
1 Your {brand} reward worth {amount} is still unclaimed. This is our last attempt to reach you.
1 One lucky winner from your area was selected this week. It will take you only a minute.
2 Get started now, the offer expires today.
2 Pay only for shipping. Limited quantity.
3 If you no longer wish to receive these emails, unsubscribe here or write to {n4} W. Street.
B GET STARTED NOW
B CLAIM YOUR PRIZE
B CONFIRM NOW
B START SURVEY
#! wallet
S Your wallet will be restricted on {date}
S Airdrop: claim your tokens
S {brand}: KYC verification required
S Your withdrawal of 1.{n2} BTC is pending
S Action needed: upgrade to the new network
1 Due to the new regulation all wallets must be verified before {date}. Unverified wallets will be restricted.
1 You are eligible to claim {n4} tokens. The airdrop ends in {n1} hours.
1 Your mining account was inactive for a year and holds 1.{n2} BTC. Withdraw it before it is deleted.
1 We detected a new device that is connected to your wallet.
2 Connect your wallet and enter your recovery phrase to complete the verification.
2 Claim now, first come first served.
B Verify my wallet
B Claim tokens
B Withdraw now
#! dating
S {person} sent you a private message
S New friend request
S A new girl is waiting to meet you
S I am {n2} years old and looking for a lover
1 Hey, I saw your profile and I like you. I uploaded private photos, come and see them.
1 There are many singles near you who are waiting to chat tonight. No card needed.
2 Click for a date.
2 To stop receiving these messages, visit this link.
B View photos
B Meet her now
B Reply to her
#! expiry
S Your cloud storage is full, your photos will be deleted
S Payment declined: your subscription ends today
S Your antivirus has expired
S Renew now: your protection ended on {date}
S We could not renew your membership
1 Your storage is full and your photos, contacts and files will be deleted on {date}. Your payment method was declined.
1 Your {brand} protection has expired. Your device may be infected with {n2} viruses.
1 We could not renew your {brand} membership because of a problem with your billing information.
2 As part of our loyalty program you get 50 GB for free: pay only once {amount}.
2 Update your payment details within 24 hours to avoid losing your data.
2 Renew now with 80% discount.
B Update payment details
B Get 50 GB now
B Renew subscription
B Fix now
#! refund
S You have a refund of {amount}
S Tax refund notification
S Toll invoice unpaid: {ref}
S Final reminder: unpaid fine {ref}
S Your health card expires
S Bonus points expire today
1 After the last annual calculation we have determined that you are eligible to receive a refund of {amount}.
1 You have an unpaid toll of {amount}. Pay now to avoid a late fee and suspension of your registration.
1 You were recorded at an excess speed. The fine of {amount} rises to {amount} if it is not paid within 48 hours.
1 Your new health card is available. Confirm your delivery address.
1 You have {n4} points that expire today. Redeem them now for a product of your choice.
2 Complete the form with your card details to receive the money.
2 Use the link below to settle it now.
B Get refund
B Pay now
B Confirm address
B Redeem points
#! quote
S Request for quotation
S New order {ref}
S Invitation to tender
S Payment slip attached
1 We are interested in your products. Kindly find attached our purchase order and quote your best price and delivery time.
1 You are invited to bid for our open tender. The requested products may fall out of your scope of work, but we would like you to source and supply them.
1 Please see the attached payment slip for the transfer made today and confirm receipt.
2 The file is protected, use your email password to view it.
2 We await your urgent response.
3 Best regards, {person}, procurement
#! job
S Part-time job offer
S Earn $1000-$2000 per week from home
S Representative needed
1 We are looking for a representative in your country. You receive payments from our customers, keep ten percent and forward the rest.
1 Earn up to $500 a day by rating products on your phone. No experience is needed.
2 Send us your WhatsApp number to start today.
2 Contact our manager on Telegram.
`;
