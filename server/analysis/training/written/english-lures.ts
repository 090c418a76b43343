/** Lures in English; form as in english.ts. */
export const ENGLISH_LURES = `
#! signin
S Unusual sign-in activity on your {brand} account
S Action required: your {brand} account has been limited
S Your account will be suspended
S {brand} security notice ref {n6}
1 We detected unusual activity on your account and have limited access for your protection.
1 Your {brand} account has been locked because we could not validate your information.
1 We noticed an unauthorised login attempt from {city}. Your account will be suspended within 24 hours.
2 Please verify your account information now to avoid permanent suspension.
2 To restore full access you must confirm your identity within 24 hours.
2 Failure to verify will result in the closure of your account.
3 Thank you for your prompt attention to this matter.
3 Sincerely, {brand} Security Department
B Verify now
B Restore access
B Confirm my account
#! mailbox
S Your password expires today
S [Action Required] Mailbox quota exceeded
S {n2} pending messages on hold
S IT service desk: password expiry notification
S You have a new voice message (0:{n2})
S {doc} has been shared with you securely
1 Your {brand} password will expire today. Keep your current password to avoid losing access to your mailbox.
1 Your mailbox has reached its storage limit and you can no longer receive messages.
1 {n2} incoming messages are being held on the server because of a validation error.
1 You received a new voice message from +1 (555) 01{n2}. Listen to it in the secure portal.
1 A confidential document has been shared with you. Sign in with your work email to view it.
2 Use the button below to keep the same password and continue using your account.
2 Your messages will be deleted if you do not release them within 24 hours.
2 This link expires in 24 hours. Please sign in with your email credentials.
3 Mail administrator
3 This message was sent from a trusted sender.
B Keep current password
B Release messages
B Listen to message
B View document
#! parcel
S Your parcel is on hold
S Delivery failed: action needed
S Customs fee outstanding for {ref}
1 Your parcel {ref} could not be delivered because the shipping fee of {amount} was not paid.
1 We tried to deliver your package today, but the address is incomplete.
1 Your shipment is held at the depot. Pay the customs charge of {amount} to release it.
2 Please confirm your delivery details and pay within 48 hours, otherwise the parcel will be returned.
2 Schedule your redelivery now.
B Pay shipping fee
B Reschedule delivery
B Confirm address
#! callback
S Your subscription has been renewed - {amount}
S Invoice {ref}: payment confirmation
S Order confirmation {ref}
1 Thank you for your purchase. Your {brand} subscription has been renewed for one year and {amount} will be charged to your account within 24 hours.
1 Your account has been charged {amount} for {brand} Total Protection, 3 years, 5 devices.
2 If you did not authorise this charge or wish to cancel, call our support team at +1 (808) 555-01{n2} within 24 hours.
2 To request a refund please contact our billing department immediately: +1 808 555 01{n2}.
D Product: {brand} Total Protection
D Amount: {amount}
D Customer service: +1 (808) 555-01{n2}
#! ceo
S Quick request
S Are you available?
S Urgent task
S Payroll update
S Updated bank details
1 Are you available at the moment? I need you to handle something for me discreetly. I am in a meeting and cannot take calls.
1 Are you at your desk? I need a favour, please send me your mobile number.
1 I changed my bank and would like to update my direct deposit details before the next payroll. What do you need from me?
1 Please note that our bank account details have changed. Kindly make all outstanding payments to our new account.
1 I need you to purchase some gift cards for our clients today. Can you get it done and send me pictures of the codes?
2 Let me know as soon as you get this. {person}
2 Sent from my mobile device. {person}
2 Kindly treat this as confidential. {person}
#! helpdesk
S MFA enrolment needed
S IT support: account re-validation
S Multi-factor authentication expires on {weekday}
S Your access will be disabled
S {brand}: your stored files are scheduled for removal
1 Your multi-factor registration expires on {weekday}. Scan the QR code below with your phone camera to renew it.
1 As part of our security upgrade all employees must re-validate their account.
1 Your licence has lapsed and everything in your account will be removed on {date}.
2 Employees who do not complete this step will lose access to email and Teams.
2 Sign in with your work account to keep your files.
2 The process takes less than a minute.
3 IT Service Desk
B Renew registration
B Keep my access
B Sign in
#! supplier
S Updated bank details
S {ref}: new account for payments
S Change of account for future payments
1 Due to an audit at our bank our previous account is frozen. Please use the new bank details below for invoice {ref} and all future payments.
1 Kindly be informed that our banking information has changed with immediate effect.
2 Please confirm once the transfer of {amount} has been made and send us the payment slip.
2 Do not use the old account any more, transfers to it will be returned.
3 Kindly treat this as urgent. {person}
#! invoice
S Overdue invoice {ref}
S Payment remittance advice {ref}
S Final notice: outstanding payment
1 Please find your overdue invoice attached. Settle the amount of {amount} today to avoid legal action.
1 A payment of {amount} has been made to your account. Open the attached remittance advice to view the details.
2 Sign in with your email and password to open the protected document.
2 Kindly confirm the payment immediately.
B View invoice
B Open secure document
#! prize
S You have been selected: claim your {brand} reward
S Congratulations! Your gift card is waiting
S Survey reward pending for you
1 Congratulations! You have been chosen to receive a {brand} gift card worth {amount}.
1 Answer a short survey about {brand} and get an exclusive reward. Only {n1} left.
2 Claim your reward before it expires today.
B Claim now
B Start survey
#! wallet
S Your wallet will be suspended
S Mandatory wallet verification
S Claim your airdrop before it ends
1 Due to new regulations all wallets must be verified before {date}. Unverified wallets will be suspended.
1 You are eligible for the {brand} airdrop. Connect your wallet to claim {n4} tokens.
2 Verify your wallet with your recovery phrase to keep your assets safe.
2 The claim window closes in 24 hours.
B Verify wallet
B Claim tokens
`;
