/** More transactional mail in English, of the kinds that look most like lures; form as in english.ts. */
export const ENGLISH_ACCOUNT = `
# confirm
S Action Required
S {you}, Action Required
S Please confirm your email address
S Please confirm subscription
S Confirm your email address to receive email from {brand}
S One more step: confirm your subscription
S Verify your email
S Activate your account
S Finish creating your account
1 Confirm Your Email Address
1 To receive email from {brand}, please click the button below to confirm your email address.
1 Please confirm subscription. Yes, subscribe me to this list.
1 You're almost done. Verify your email address to activate your account.
1 Thank you for creating an online account. Please confirm your email address so that we know it is really you.
2 This email is being sent to you because you registered with or requested to receive email from {brand}. If you did not request this email, no action is required.
2 If you received this email by mistake, simply delete it. You won't be subscribed if you don't click the confirmation link above.
2 If you did not sign up for this account you can ignore this email and the account will be deleted after 7 days.
2 The link expires in 24 hours. If it has expired, log in and request a new one.
3 For questions about this list, please contact us.
3 WELCOME, {you}. You can now do so much more online: join the community, save your games, sign in to your benefits.
3 Or copy this link into your browser.
B VERIFY EMAIL NOW
B Yes, subscribe me to this list.
B Confirm my email
B Activate account
B Verify my address
# bounce
S Delivery Status Notification (Failure)
S Delivery Status Notification (Delay)
S Undeliverable: {topic}
S Mail delivery failed: returning message to sender
S Undelivered Mail Returned to Sender
1 Address not found. Your message wasn't delivered to {person} because the address couldn't be found, or is unable to receive mail.
1 Message not delivered. There was a problem delivering your message. See the technical details below.
1 Delivery incomplete. There was a temporary problem delivering your message. We will retry for {n2} more hours. You'll be notified if the delivery fails permanently.
1 This message was created automatically by mail delivery software. A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.
1 Your message to {person} couldn't be delivered. The recipient's mailbox is full and can't accept messages now.
1 I'm sorry to have to inform you that your message could not be delivered to one or more recipients. It's attached below.
2 The response from the remote server was: 550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces.
2 The response was: The recipient server did not accept our requests to connect.
2 Diagnostic code: smtp; 452 4.2.2 The email account that you tried to reach is over quota.
2 Your email to this group was rejected due to spam classification.
3 LEARN MORE
3 If you do so, please include this problem report. You can delete your own text from the attached returned message.
3 Reporting-MTA: dns; mail. Action: failed. Status: 5.1.1
# cloud
S [{repo}] Run failed: build ({n6})
S [{repo}] Dependency alert: update needed
S Re: [{repo}] {topic} (Issue #{n4})
S [JIRA] ({n4}) {topic}
S Your export is ready
S A personal access token is about to expire
S A new public key was added to your account
S Two-factor authentication was turned on
S Your certificate for the domain expires on {date}
S Domain renewal reminder
S Your budget reached {n2}%
S Invitation to join {repo}
1 A workflow run failed on branch main in {repo}. 1 job failed after 2 minutes.
1 {person} commented on this issue: "I can reproduce this on the latest release, see the log below."
1 {person} assigned this task to you: {topic}.
1 The data export that you requested on {date} is ready for download. The link works for seven days.
1 Your personal access token "deploy" expires in seven days. If it is still in use, create a new one in your settings.
1 A new SSH public key was added to your account. If this was you, ignore this message.
1 Two-factor authentication has been turned on for your account. Keep your recovery codes in a safe place.
1 The domain you registered with us expires on {date}. It renews automatically as long as your card is valid.
1 Your monthly costs have reached {n2}% of the budget that you set.
1 {person} has invited you to collaborate on {repo}. You can accept or decline this invitation within 7 days.
2 You are receiving this because you are subscribed to this thread. Reply to this email directly, view it online, or unsubscribe.
2 You are receiving this email because your account is listed as an owner.
2 If you did not expect this message, you can ignore it, or contact support.
3 This message was sent from an unmonitored address.
B View workflow run
B View issue
B Download
B Accept invitation
B Renew domain
B Review budget
# payment
S Your payment method needs an update
S We couldn't process your payment
S Your card expires soon
S Refund issued: {amount}
S Your plan has been cancelled
S You sent a payment of {amount}
S Request for payment from {person}
S Your annual subscription renews on {date}
S Unusual transaction? Please check
S A new payee was added
1 We tried to charge your card ending in {n4} but the payment was declined. We will try again on {date}; your service continues until then.
1 The card ending in {n4} expires at the end of {month}. Update it to avoid an interruption of your membership.
1 We have refunded {amount} to your original payment method. It can take five to ten days to show on your statement.
1 Your subscription has been cancelled as requested. You keep access until {date}.
1 You sent {amount} to {shop}. It may take a moment for this transaction to appear in your account.
1 {person} requests {amount} from you for "{topic}".
1 You added a new payee to your account. If you did not do this, call us at the number on the back of your card.
1 Did you spend {amount} at {shop} on {date}? If you recognise it, you do not need to do anything.
2 To change your billing details, sign in and open Settings, Billing.
2 You can turn off automatic renewal at any time in your account settings.
2 Questions? Visit our help centre. Please do not reply to this email.
D Amount: {amount}
D Card: ending in {n4}
D Date: {date}
D Transaction ID: {ref}
B Update payment method
B View transaction
B Manage subscription
B See details
# courier
S Your package needs a customs declaration
S We missed you: delivery attempt {date}
S Your delivery is delayed
S Parcel at the pickup point until {date}
S Return label for order {ref}
S Delivery today between {time} and 20:00
1 We could not hand over your parcel today because nobody was at home. We will try again on {weekday}, you do not need to do anything.
1 Your parcel waits at the pickup point in {city} until {date}. Show the code {n6} and an identity document.
1 Because of the weather your delivery is delayed by one day. We are sorry.
1 Your parcel from outside the union has cleared customs. Duties of {amount} were paid by the sender {shop}.
1 Here is your return label. Print it, stick it on the parcel and hand it in at any shop.
2 Choose a neighbour or another day in the app; changes are free of charge.
2 Track your parcel with the number above on our website.
2 We never ask for card details by email or text message.
D Tracking number: {ref}
D Sender: {shop}
B Track parcel
B Change delivery
# invite
S Invitation: {topic} @ {date} {time}
S Updated invitation: {topic} @ {weekday}
S {person} has invited you to a meeting
S Canceled: {topic}
S Reminder: {topic} starts in 10 minutes
S Accepted: {topic}
1 You have been invited to the following event: {topic}. When: {date}, {time}. Where: room {n2}.
1 {person} is inviting you to a scheduled video meeting. Topic: {topic}. Meeting ID: {n4} {n4}, passcode: {n6}.
1 This event has been updated. Changed: time.
1 This event has been cancelled and removed from your calendar.
1 {person} has accepted this invitation.
2 Going? Yes, No, Maybe.
2 Join by phone: the numbers are on the event page.
2 You are receiving this email because you are an attendee of this event. To stop receiving updates, decline it.
B Join meeting
B View event
B RSVP
`;
