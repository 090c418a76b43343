/**
 * Scenarios in English. `#` a scenario (`#!` a lure), `S` subjects, numbers are steps of which one alternative each is
 * drawn, `B` button labels, `D` details. {slots} are filled by compose.ts.
 */
export const ENGLISH = `
# signin
S New sign-in to your {brand} account
S Security alert: new device signed in
S New login from {device}
S We noticed a new sign-in to your account
S Was this you? New sign-in on {device}
1 We noticed a new sign-in to your {brand} account on a {device} device.
1 Your account was just used to sign in from {city} on {device}.
1 Someone signed in to your account from a device that we had not seen before.
2 If this was you, you do not need to do anything.
2 If that was you, you can safely ignore this email.
2 You are receiving this message because we want to keep your account safe.
3 If you do not recognise this activity, change your password and review your recent devices.
3 Not you? Check your account activity right away and secure your account.
3 If you don't recognise this sign-in, go to your account settings in the app and remove the device.
4 You can also see security activity in your account settings at any time.
4 We send these notices whenever a new browser or device is used.
D Device: {device}
D Location: {city} (approximate)
D Time: {time}
B Check activity
B Review recent activity
B Manage devices
# code
S {n6} is your {brand} verification code
S Your verification code
S {brand}: confirm your email address
S Your one-time passcode
1 Use the following code to finish signing in: {n6}
1 Your verification code is {n6}. It expires in 10 minutes.
1 Enter this code in the app to verify your identity: {n6}.
2 If you did not request this code, you can ignore this message. Somebody may have typed your address by mistake.
2 Do not share this code with anyone. Our staff will never ask you for it.
2 This code is valid for a single use.
# password
S Your {brand} password was changed
S Reset your {brand} password
S Password reset request
1 The password of your {brand} account was changed on {date}.
1 We received a request to reset the password of your account.
1 You asked us to reset your password. Choose a new one with the button below within 24 hours.
2 If you did not ask for this, no action is needed and your password stays as it is.
2 If you did not make this change, contact our support team or reset your password.
3 For your security the link works only once.
3 This is an automated message; replies are not read.
B Reset password
B Choose a new password
B Go to account settings
# parcel
S Your {brand} parcel is on its way
S Your package will arrive {weekday}
S Delivered: your order {ref}
S Out for delivery today
S Shipment notification for {ref}
S Your parcel is ready for collection
1 Good news: your parcel {ref} from {shop} has been handed over to us and is on its way to you.
1 Your shipment {ref} is out for delivery and will arrive today between {n1}:00 and {n1}:45 pm.
1 We have delivered your parcel {ref} to your front door.
1 Your package is waiting at the pickup point in {city}. Please bring an ID document.
1 The sender {shop} has announced a parcel for you. Expected delivery: {date}.
2 You can follow your parcel at any time with the tracking number.
2 Not at home? You can choose a neighbour, a parcel shop or another day in the app, free of charge.
2 We hope you enjoy your purchase.
3 Please do not reply to this message, this mailbox is not monitored.
3 You receive this notice because the sender gave us your email address for delivery updates.
D Tracking number: {ref}
D Sender: {shop}
D Weight: {n1}.{n1} kg
B Track parcel
B Track your package
B Delivery options
# signup
S Please confirm your subscription
S Welcome to {brand}
S Confirm your email address
S Thanks for signing up for {brand}
S Verify your email to finish setting up your account
1 Thank you for creating an account with {brand}. Please confirm your email address to get started.
1 You or somebody else used this address to subscribe to our newsletter. Please confirm that it was you.
1 Welcome aboard! Your account is ready.
1 Thanks for joining {brand}. We are glad to have you with us.
2 Click the button to confirm. The link is valid for 48 hours.
2 If you did not sign up, simply ignore this email and you will not hear from us again.
2 Here are three things you can do first: complete your profile, invite your team, read our getting started guide.
3 Questions? Just reply to this email, we are happy to help.
3 You can unsubscribe at any time.
B Confirm email
B Confirm subscription
B Get started
B Verify email address
# invoice
S Your receipt from {brand} #{ref}
S Invoice {ref} from {brand}
S Payment received - thank you
S Your {brand} invoice is available
S Receipt for your payment to {shop}
S Your subscription renews on {date}
S Your payment did not go through
1 Thank you for your payment of {amount}. This email is your receipt.
1 Your invoice {ref} for {month} is now available in your account.
1 We have charged {amount} to your card ending in {n4}.
1 This is a reminder that your annual plan renews automatically on {date} for {amount}.
1 We could not charge your card ending in {n4} for {amount}. We will try again in three days.
1 Please find attached invoice {ref} for the services of last month. Payment is due within 30 days.
2 You do not need to do anything.
2 You can download the invoice as a PDF and change your billing details in your account.
2 If you wish to cancel or change your plan, you can do so any time before that date in the billing settings.
2 If you have questions about this invoice, reply to this email or call your account manager.
D Invoice number: {ref}
D Amount: {amount}
D Payment method: card ending in {n4}
D Plan: Team, {n1} seats
B View invoice
B Download receipt
B Manage subscription
B Update payment method
# order
S Your order {ref} is confirmed
S Order confirmation
S Your booking in {city} is confirmed
S Your tickets for {date}
1 Thank you for your order. We will let you know when it ships.
1 Your booking at {shop} in {city} is confirmed for {date}.
1 We have received your order {ref} and are getting it ready.
2 You can cancel free of charge until two days before.
2 Your tickets are attached to this email; you can also find them in the app.
2 The estimated delivery date is {date}.
D Order: {ref}
D Total: {amount}
D Delivery address: as on file
B View order
B Manage booking
# newsletter
S {brand} weekly: what we read this week
S This month at {brand}
S {n2}% off everything this weekend
S Five ideas for your kitchen
S The {month} issue is out
S You're invited: webinar on {topic}
S What's new in {brand}: {month} release
S Last chance: the sale ends tonight
1 Hello and welcome to the {month} issue. In this edition we look at {topic}, talk to our founders and share three reading tips.
1 This weekend only: enjoy {n2}% off selected items, online and in our stores.
1 We shipped a lot this month. Here are the highlights: faster search, shared folders and a new dashboard.
1 Join us for a free webinar on {topic}. Our experts answer your questions live.
1 Here is your weekly digest with the most popular stories among readers like you.
1 Our members made this year possible. Today we ask you to chip in before the deadline at midnight.
2 {topic} has changed a lot during the last years. Our author explains why, and what it means for small teams.
2 Also in this issue: an interview with the city planner of {city}, and the winners of our photo contest.
2 Free shipping on orders over {amount}. The offer cannot be combined with other discounts.
2 Seats are limited, so register soon. A recording will be sent to everybody who signs up.
3 Thanks for reading. Forward this mail to a friend who might like it.
3 See you next week!
3 Follow us for more stories.
B Read more
B Shop now
B Register now
B Read the release notes
B Donate now
# shared
S {person} shared "{doc}" with you
S {person} commented on {doc}
S {person} mentioned you in {doc}
S Invitation: {topic} @ {date}
S [{repo}] Fix {topic} (#{n4})
S Weekly report for {repo}
1 {person} has invited you to edit the following document: {doc}.
1 {person} left a comment: "Looks good to me, could we move the deadline to {weekday}?"
1 {person} mentioned you: can you take a look at the second section before {weekday}?
1 You have been invited to the following event: {topic}, {date}, {n1}:30 pm.
1 {person} requested your review on: #{n4} Fix {topic}.
2 You receive this email because you are a member of {repo}.
2 Reply to this email directly or view it in your browser.
2 You can change how often you get these notifications in your settings.
B Open
B Open in Docs
B View comment
B View pull request
# statement
S Your {month} statement is ready
S Changes to our terms of service
S You received a payment
S Your deposit has arrived
S Your storage is almost full
S We are updating our privacy policy
1 Your account statement for {month} is now available in online banking. Please log in as usual to view it.
1 We are updating our terms of service with effect from {date}. The most important changes are summed up below.
1 {person} sent you {amount}. The money is in your balance.
1 Your deposit of {amount} has been credited to your account.
1 You are using 92% of your storage. When it is full, new files cannot be uploaded.
2 For security reasons we never send links to the login page by email. Please open the app or type our address yourself.
2 You do not have to do anything to accept the changes. If you disagree, you can close your account free of charge.
2 You can see the details in the app under Activity.
2 Delete files that you do not need, or choose a larger plan.
3 Your {brand} team
B View details
B Open the app
B Manage storage
# support
S [Ticket #{n6}] We received your request
S Re: your question about order {ref}
S How did we do?
1 Thank you for contacting {brand} support. We have received your request and will answer within one business day.
1 We are sorry for the trouble with your order. A replacement has been sent today, you do not need to return the broken item.
1 Your request #{n6} has been solved. How would you rate the help that you received?
2 Please keep the ticket number in the subject line when you reply.
2 If the problem comes back, just answer to this email and the ticket opens again.
B View ticket
B Rate our support
# internal
S Planned maintenance on {weekday} evening
S Reminder: submit your expenses by {weekday}
S Minutes of {topic}
S Parking lot closed on {date}
S New colleague in the {city} office
S Security awareness training: please finish by {date}
S Re: {topic}
S Your VPN certificate will be renewed
1 Dear all, the file server and VPN will be unavailable on {weekday} from 7 pm to 10 pm because of planned maintenance.
1 Hi team, please hand in your travel expenses for {month} by {weekday} so that payroll can process them.
1 Hi, here are the minutes of today's meeting. Let me know if I missed something.
1 Hello everyone, {person} joins our {city} office today. Please say hi when you see them at lunch.
1 The yearly security training is open. It takes about 20 minutes and is mandatory for everybody.
1 Quick question: do you have the numbers for {topic}? I need them for the slides on {weekday}.
1 Thanks, that works for me. Let's meet at {n1}:30 in the small room.
1 Your VPN certificate will be renewed automatically during the next login. No password is needed and no link has to be clicked.
2 If you have questions, call the help desk at extension {n4} or drop by.
2 Best, {person}
2 Thanks! {person}
2 See you tomorrow. {person}
# business
S Quotation {ref}
S Contract draft for {topic}
S Meeting next week
S Purchase order {ref}
S Running late
S Re: invoice {ref}
1 Dear Ms {person}, as discussed on the phone please find attached our quotation {ref}. It is valid until {date}.
1 Hello, attached is the revised draft of the contract with our changes marked. Could you send it to your legal team?
1 Hi, could we move our call to {weekday} at {n1} pm? I am travelling in the morning.
1 Dear supplier, please confirm our purchase order {ref} and the delivery date.
1 I'm running ten minutes late, please start without me.
1 Thank you for the invoice, it was released for payment today. You should see the transfer by {weekday}.
2 Kind regards, {person}
2 Looking forward to hearing from you. {person}
2 Many thanks and best wishes from {city}, {person}
`;
