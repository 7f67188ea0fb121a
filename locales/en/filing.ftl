### Filing for care elsewhere: from why to done.

filing-step = Step { $now } of { $of }
filing-next = Next step

## Questions

ask-why-away = Why are you going away for treatment?
ask-why-away-hint = Press what fits you best.
ask-which-insurance = Which insurance is it for?
ask-have-referral = Have you got a referral certificate?
ask-have-referral-hint = Your hospital must have issued one.
ask-have-it = Yes, I have it here
ask-have-it-not = No, or not with me
ask-how-helped = How shall we find your relative?
ask-how-helped-hint = They need not be here. One of these will do.
ask-by-card = Their ID card
ask-by-card-hint = Lay it on the reader below
ask-by-voucher = Their insurance code
ask-by-voucher-hint = Show it to the scanner
ask-by-family = A linked relative
ask-by-family-hint = From your family account
ask-which-relative = Which relative is it for?
ask-which-relation = What are you to this relative?
ask-conflict = You filed for { $from }. Change it to { $to }?
ask-conflict-hint = The old filing then ends the day before the new one begins.
ask-conflict-yes = Change to the new one
ask-conflict-no = Keep the old one
ask-cancel = Cancel the filing for { $place }?
ask-cancel-no = Keep it
ask-extend = Extend the filing for { $place } until { $until }?
ask-extend-yes = Yes, extend it
ask-extend-no = Do not extend
ask-scam = Is somebody on the phone telling you to do this?
ask-scam-hint = The insurance office never calls to make you use this machine. If somebody does, stop here.
ask-somebody = Yes, somebody tells me to
ask-somebody-hint = Stop, and let our staff have a look
ask-nobody = No, I want this myself
ask-which-dwelling = Where do you live there?

reason-with-children = Moving in with my children
reason-retired-home = Retiring to my home town
reason-working = Working elsewhere
reason-referral = Sent by my hospital
reason-precaution = Travelling for a while
reason-emergency = I had an emergency there
category-long-term-resident = Long-term resident elsewhere
category-retired = Retiree resettled elsewhere
category-worker = Worker posted elsewhere
category-referred = Referred patient
category-temporary = Other temporary stay
category-emergency = Emergency patient
group-long-term = Living elsewhere for long
group-temporary = Elsewhere for a while

relation-spouse = Husband or wife
relation-child = Son or daughter
relation-parent = Father or mother
relation-relative = Another relative
relation-other = Friend, neighbour or staff
relative-spouse = Your husband or wife
relative-child = Your father or mother
relative-parent = Your son or daughter
relative-relative = Your relative
relative-other = Somebody you help
dwelling-children = At my children's home
dwelling-own = My own or a rented home
dwelling-employer = My employer's dormitory
dwelling-care-home = A care home

## Where

places-title = Where do you go for treatment?
places-hospital-title = Hospitals in which place?
places-city = Where in { $province }?
places-search = Find a place, like 北京
places-search-how = Write it
places-common = Where many people go
places-all = Just press one
places-more = More places
places-back = Earlier ones

## When

dates-title = From which day?
dates-long-title = From when, for how long?
dates-today = today
dates-year-down = Year −
dates-year-up = Year +
dates-month-down = Month −
dates-month-up = Month +
dates-day-down = Day −
dates-day-up = Day +
dates-months-down = 1 month less
dates-months-up = 1 month more
dates-year = { $year }
dates-day = { $day }
dates-months = { $months } months
dates-open = Open-ended, no yearly renewal
dates-until = until { $end }
date-full = { $month } { $day }, { $year }
period-open = from { $begin }, open-ended
period-until = { $begin } to { $end }

## Numbers

digits-phone-title = What is your phone number?
digits-phone-hint = We call it if there is a question. Mobile or landline.
digits-referral-title = Number of the certificate?
digits-referral-hint = Type it as printed.
digits-erase = Delete
digits-on-record = Use the one on record
digits-too-short = Some digits are missing.
digits-too-long = There are too many digits. Please look again.
digits-no-such = There is no such number. Please look again.

## Review

review-title = Please check
review-lines-right = All right, go on
review-again = Check again
review-more = There is more
review-who = Patient
review-helper = Who helps
review-insurance = Insurance
review-why = Why
review-where = Where to
review-when = When
review-phone = Phone
review-address = Address there
review-referral = Referral certificate
review-change = Change
review-promise = I declare this is true
review-submit = Submit
review-take-along = Take it to a window
review-keeping = Saving
review-asking = Submitting
review-failed = It could not be saved, and nothing was submitted. Please press "Submit" again.
two-in-one = { $first } · { $second }
why-line = { $reason } ({ $category })

## Done or not

route-open =
    From { $from } to { $to },
    from { $begin }, open-ended.
route-until =
    From { $from } to { $to },
    { $begin } to { $end }.
filed-done = Your filing is done
filed-kept =
    Saved,
    not done yet
filed-rejected = It was not accepted
filed-cancelled = The filing is cancelled
filed-extended = The filing is extended
filed-asked-what = You asked for: from { $from } to { $to }, from { $begin }.
filed-cancelled-what = The filing for { $place } is cancelled.
filed-cancel-asked = The filing for { $place } is to be cancelled.
filed-extended-what = The filing for { $place } is extended until { $until }.
filed-number = Filing number { $number }
filed-query-code = Query code { $code }
filed-kept-text = It is saved and sent when the line is back. To ask, bring your card or the code.
filed-kept-care = Until then you may have to pay at the hospital first.
filed-rejected-text = The insurance platform did not accept it.
filed-why = Reason: { $why }
filed-go-window = Please ask at a window
filed-go-window-text = Photograph this screen for the staff
filed-code-title = Photograph this
filed-code-text = Show it to your children or at a window.
filed-code-text-kept = To ask about it later. It is not done yet.
filed-code-pending = Making the code. One moment.
filed-arrived = In { $place }:
filed-rate = Rate this

## Filings on record

filings-title = { $name }, your filings
filings-none = No filing now
filings-none-text = If you go elsewhere for treatment, make one now.
filings-away = The platform cannot be reached. Only what this machine keeps is listed.
filings-new = New filing
filings-cancel = Cancel filing
filings-extend = Extend
filings-finish = I am done
filings-more = More
filings-cancel-waits = A request to cancel a filing
filings-change-from = can be changed from { $day }
filing-valid = Valid
filing-pending = In review
filing-expired = Expired
filing-cancelled = Cancelled
filing-waiting = Not done yet
filing-rejected = Not accepted
filing-waiting-code = Saved, query code { $code }

## What one is told

told-emergency-title = Emergencies need no filing
told-emergency-text = Emergency care elsewhere counts as filed; there is nothing to do. Tell the hospital it was an emergency when you pay.
told-before-title = Please read this first
told-bring-title = Please bring these to a window
told-bring-code = It holds this list, for you or your children.
told-staff-title = No hurry, nothing was submitted
told-staff-text = Talk it over with our staff before you decide. You can also call 12393.
told-relatives-title = Enough relatives for today
told-relatives-text = The number of relatives one can help here in a day is limited. For more, please go to a window.
told-cannot-title = You cannot file here now
told-cannot-text = This insurance is not active now, or is not handled here. Please ask at a window or call 12393.
told-family-title = No relative is linked yet
told-family-text = Your family account has nobody in it. You can use their ID card or their insurance code.
told-next = I see, go on
told-close = All right

carry-title = Photograph this code
carry-text = Staff at a window can scan it and go on from there. You can also send it to your children.
carry-privacy = It holds neither your name nor your ID number. Nothing is submitted until a window does it.
carry-pending = Making the code. One moment.
carry-finish = I have it
