/**
 * Newsletters by theme, in English: `#` a theme, `S` subjects, `T` sentences that stand alone, `B` buttons, `F` footers.
 * Three to twelve sentences make a mail. {slots} are filled by compose.ts.
 */
export const ENGLISH_BULLETINS = `
# campaign
S Midnight deadline
S {n2} hours left
S This could be the end, {you}
S Just confirming you saw this
S RE: our goal
S We're asking. Will you chip in?
S I'm floored
S Thanks for joining the team!
S URGENT: we are {n2} donors short
S Your supporter card
S You're invited: rally in {city} on {weekday}
S How often should we contact you?
S Quick survey: which issue matters most to you?
S [READ NOW] where we stand
S Breaking: new poll
S Hey, can I ask you something?
S What the papers said about us
S {person} needs your help
T {you}, I'll be honest with you: our end-of-month deadline is tonight at midnight and we are still short of our goal.
T Will you rush $5 right now so that we can stay on the air in the last days of this race?
T If you've saved your payment information with our donation partner, your gift will go through immediately.
T We don't take a dime from corporate PACs. This campaign runs on people like you.
T Polls show us within two points, and our opponent just spent millions on attack ads.
T Chip in $10, $25 or whatever you can before the clock runs out.
T Thank you so much for signing up for updates on the campaign and on the ways you can help.
T Are you following us on social media? Share our launch video with three friends.
T Last night's debate made one thing clear: families in this district deserve better.
T We can't win without you. Add your name if you agree.
T Sign the petition and tell the senate to act before the vote on {weekday}.
T Join us in {city} on {weekday} at 5:30 p.m. for our rally. Please RSVP today.
T Our volunteers knocked on {n4} doors this weekend.
T Your {month} membership status: PENDING. Renew your support now.
T This is our last chance before the filing deadline, and everybody will look at our numbers.
T I hate asking for money, and I would not ask if it were not critical.
T Whether you can give or not, forward this message to one friend.
T We need {n2} more donations from your zip code by the end of the day.
T In 2018 we wanted to change the representation we had, and we did it together.
T Take our two-minute survey and tell us what matters most to you.
B DONATE NOW
B Chip in $5
B Rush a donation
B Add your name
B RSVP
B Take the survey
B Express donate: $25
F Paid for by {brand} for Congress. Contributions are not tax deductible.
F You are receiving this email because you signed up for updates. If you would like fewer emails, click here.
F Email is the most important way for us to stay in touch with supporters like you. To unsubscribe, click here.
# charity
S Your gift will be matched today
S A story from {city}
S Petition: {topic}
S Thank you for standing with us
S Membership renewal
S What you made possible this year
S Today only: every donation doubled
T Because of supporters like you, {n4} families had a warm meal this winter.
T A generous donor will match every gift made before midnight on {weekday}.
T Sign our petition and ask the council to protect {topic}.
T Your annual membership expires soon. Renew today and keep receiving our magazine.
T {person} had nowhere to go when the flood came. Today she runs her own bakery.
T More than {n2} percent of each gift goes directly to our projects.
T We rely on readers, not on advertisers. If you can, support us this year.
T Your tax receipt for last year can be downloaded from your supporter page.
T Volunteers are needed for the spring clean-up in {city}.
T With {amount} you provide school books for one class.
B Give today
B Renew membership
B Sign the petition
B Read the story
F {brand} is a registered charity. Gifts are tax deductible where the law allows it.
F You receive this mail as a friend of {brand}. Manage preferences or unsubscribe.
# retail
S {n2}% off ends tonight
S Your cart misses you
S New in: {month} collection
S Free shipping all weekend
S Your points expire on {date}
S A gift for your birthday
S Back in stock
S Last chance to save
S Claim your member reward
S Price drop on something you liked
T This weekend only: {n2}% off sitewide with code SAVE{n2}. Ends {weekday} at midnight.
T You left something behind. We saved your cart for you.
T You have {n4} points. Redeem them for rewards before they expire on {date}.
T Meet the new {month} collection, made from recycled cotton.
T Orders over {amount} ship free. Returns are free within 30 days.
T Was {amount}, now {amount}. While stocks last.
T Happy birthday from all of us! Enjoy {n2}% off your next order.
T Customers who bought this also liked our linen shirts.
T Find your nearest store, now open in {city}.
T Rate your recent purchase and help others choose.
T Exclusions apply. Offer cannot be combined with other promotions. One use per customer.
T Gift cards are available in every amount, delivered by email.
T Our bestsellers are back: the rain jacket, the wool socks and the camping mug.
B Shop now
B Shop the sale
B Complete your order
B Redeem points
B Use my code
F You received this email because you signed up at {brand}. Unsubscribe | Privacy policy | Terms
F {brand}, {n4} Market Street, {city}. Prices and availability are subject to change.
# product
S What's new in {brand}: {month}
S Getting started with {brand}
S Your weekly report is ready
S Webinar: {topic}
S Your trial ends on {date}
S Tips to get more out of {brand}
S Scheduled maintenance on {weekday}
S We've updated our terms
S Your usage this month
S Action required: API version is being retired
S Please verify your domain
T Hi {you}, here is what your team did in the last seven days: {n2} tasks closed, {n1} new members.
T You have {n1} days left in your free trial. Add a payment method to keep your projects.
T We shipped dark mode, faster search and an audit log for admins.
T On {weekday} at 22:00 UTC we upgrade our database. Expect up to ten minutes of downtime.
T Version 2 of our API will be switched off on {date}. If your integration still uses it, please migrate before then.
T In this webinar our solution engineers show how teams handle {topic}.
T Invite your colleagues and get the most out of your workspace.
T Our customers told us that onboarding took too long, so we rebuilt it.
T You have used {n2}% of your monthly quota. Upgrade your plan or wait until the quota resets.
T We are making some changes to our privacy policy and terms of service, effective {date}. By continuing to use {brand} you accept them.
T Two-factor authentication will be required for all administrators from {date}. You can turn it on in your security settings today.
T The release notes list every change; here are the three that matter most.
T Did you know? You can connect {brand} with your calendar in two clicks.
B Read the changelog
B Save my seat
B Upgrade now
B Open dashboard
B Review changes
B Start tutorial
F You get product updates because you have an account at {brand}. Change notification settings or unsubscribe.
F {brand} Inc., {n4} Mission Ave, {city}
# media
S Morning briefing: {topic}
S The week in {topic}
S Five stories for your Sunday
S Opinion: {topic}
S Today's headlines
S The daily digest
S {person}: why I changed my mind about {topic}
T Good morning. Here is what you need to know today.
T Parliament votes on {topic} this {weekday}; the outcome is open.
T Our reporter spent a week in {city} and came back with a surprising answer.
T Markets closed higher on {weekday} after a calm session.
T Plus: a recipe for lentil soup, and the crossword.
T Researchers found that short walks help more than long ones.
T Subscribers can listen to the full interview as a podcast.
T Our most read story of the week was about {topic}.
T A reader from {city} wrote to us about last week's essay.
T You are reading the free edition. Subscribe for {amount} a month to get all of it.
T The weather: rain in the morning, sun from noon on.
B Read the full story
B Subscribe
B Listen now
B See all headlines
F You are getting this newsletter because you subscribed at our site. View in browser. Unsubscribe.
F Was this mail forwarded to you? Sign up here.
# community
S New posts in {topic}
S {person} sent you a message
S You have {n1} new notifications
S {person} accepted your invitation
S Jobs you may like in {city}
S Your photo got {n2} likes
S People you may know
S Thread digest: {topic}
S Reminder: parents' evening on {weekday}
S Appointment reminder: {date}
S Check in now for your trip to {city}
S How was your stay in {city}?
T {person} replied to the thread that you follow: "I had the same problem, a restart fixed it."
T You have unread messages from {person} and {n1} others.
T {n2} new jobs match your saved search in {city}.
T This is a reminder of your appointment on {date} at {time}. Please arrive ten minutes early.
T Online check-in is open. Your booking reference is {ref}.
T Parents' evening takes place on {weekday} at 7 pm in the main hall.
T Tell us about your stay; it takes two minutes and helps other travellers.
T {person} viewed your profile.
T Your friend {person} has a birthday on {weekday}.
T The library book you reserved is ready; please collect it within seven days.
T To cancel or move the appointment, call us or use the link below at least 24 hours before.
B View message
B See all jobs
B Check in
B Confirm appointment
B Leave a review
B Reply
F You receive this notification because of your settings at {brand}. Turn it off here.
F Please do not reply to this automated message.
# finance
S Your {month} statement
S Market outlook: {month}
S Card transaction alert
S Direct debit notice
S A payment is due on {date}
S Interest rates are changing
S Withdrawal request received
S Deposit confirmed
S Your portfolio this week
S Tax documents are available
T Your card ending in {n4} was used for {amount} at {shop}. If you do not recognise this transaction, freeze the card in the app or call the number on its back.
T A direct debit of {amount} for {shop} will be taken on {date}.
T Your minimum payment of {amount} is due on {date}. Autopay is on, you do not need to do anything.
T From {date} on the interest rate of your savings account changes.
T Your tax form for last year can be found under Documents in online banking.
T We received your request to withdraw {amount}. It will arrive within two working days.
T We will never ask for your password or PIN by email or phone.
T Stocks went sideways in {month}; our analysts expect a calm quarter.
T Your transfer to {person} has been completed.
T Investments can lose value. Past performance is no guide to the future.
T You turned on alerts for transactions above {amount}.
B View statement
B Go to online banking
B See transaction
B Manage alerts
F This is a service message about your account. {brand} is authorised and regulated.
F Replies to this address are not read. Use secure messages in the app.
`;
