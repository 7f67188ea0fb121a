# Texts that go with data: dates, amounts, insurances, statuses, titles.

## Dates

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
date-header = { $weekday }, { $month } { $day }
date-day = { $month } { $day }
date-since = since { $month } { $year }

## Amounts

money-whole = { $yuan } yuan
money-parts = { $yuan } yuan and { $fen } fen
money-negative = minus { $amount }
money-figures = { $amount } yuan
amount-covered = ＊＊＊＊
amount-covered-words = The amount is covered

## Insurances and statuses

insurance-employee = Employee insurance
insurance-resident = Resident insurance
insurance-civil-servant = Civil servants' supplement
insurance-large-expense = Large-expense supplement
insurance-retired-cadre = Retired cadres' care
insurance-long-term-care = Long-term care insurance
insurance-maternity = Maternity insurance
insurance-other = Other insurance
status-not-insured = Not insured
status-active = Active
status-suspended = Suspended
status-ended = Ended
status-unknown = Please ask at a window

## Services on the first screen

service-balance = Account balance
service-balance-subtitle = How much is left
service-insured = My insurance
service-insured-subtitle = Where, and is it active
service-filing = Care elsewhere
service-filing-subtitle = File before you travel
service-relative = For family
service-relative-subtitle = For parents or children
service-hospitals = Hospitals
service-hospitals-subtitle = Which take insurance
service-guide = Guide
service-guide-subtitle = What to bring
service-offices = Offices nearby
service-offices-subtitle = Where else to go
service-opinion = Feedback
service-opinion-subtitle = Tell us
tile-no-device = Readers under repair
tile-no-platform = No connection now

## Titles and explanations

identify-pulled-away = The card was taken away too soon. Please put it back and wait for the beep.
identify-wrong-kind = This is not an ID card. Please put your ID card here.
identify-nonsense = The card could not be read. Please lift it and lay it flat again.
identify-not-a-voucher = This is not the insurance code. Please open the insurance code on your phone.
identify-stale-voucher = This code has expired. Please refresh it on your phone and show it again.
identify-lift-and-lay-again = Your card is still on the reader. Please lift it and lay it down again.
waiting-balance = Looking up your balance
waiting-insured = Looking up your insurance
waiting-filing = Looking up your filings
waiting-relative = Looking up your relative
waiting-hospitals = Looking for hospitals
waiting-other = Working on it
waiting-longer = It is slow today: { $seconds } seconds so far. Please wait a little.
balance-title = { $name }, your account
account-line = { $area } · { $insurance } · { $status }
movement-detail = { $date } · { $place }
movements-page = Page { $page } of { $pages }
insured-title = { $name }, your insurance
rate-subtitle = { $service } · done
idle-text = If you press nothing, your data is cleared in { $seconds } s and the first screen returns.
fault-id-reader = The ID card reader is not working
fault-both = Card reader and scanner are not working
fault-scanner = The code scanner is not working
fault-platform = The platform cannot be reached
elsewhere-offices = The addresses of other offices are on the hall's notice board. You can also call 12393.
elsewhere-opinion = Please tell the staff at a window, or call 12393.
elsewhere-other = Please go to a window for this.

## Rating

level-5 = Very happy
level-4 = Happy
level-3 = Fairly happy
level-2 = Unhappy
level-1 = Very unhappy
reason-207 = No sample forms
reason-208 = No list of papers
reason-209 = Not done in time
reason-210 = Same papers twice
reason-211 = Online failed
reason-212 = Had to queue again
reason-213 = Staff not skilled
reason-214 = Staff unfriendly
reason-108 = Extra conditions
reason-109 = Extra papers
reason-110 = Far too slow
reason-111 = Sample form wrong
reason-112 = Online upload failed
reason-113 = Sent desk to desk
reason-114 = Too many trips
reason-115 = Rude and slow
reason-other = Another reason
