### From laying the card down to seeing the balance.

identify-card-title =
    Lay your ID card
    where the light is below
identify-card-text = Keep it flat and leave it until you hear a beep.
identify-voucher-title =
    Show the insurance code
    on your phone
identify-voucher-text = The scanner is at the lower right. Hold the phone a fist away.
identify-reading-title =
    Reading,
    please leave it there
identify-reading-text = A beep tells you when it is done.
identify-relative-card-title =
    Lay your relative's card
    where the light is below
identify-relative-voucher-title =
    Show your relative's
    insurance code
identify-use-voucher = Use my phone
identify-use-voucher-text = Show the insurance code to the scanner at the lower right
identify-use-card = Use my ID card
identify-use-card-text = Lay it flat where the light is below

person-title = Is this you?
person-text = Look at the name and the number, then choose.
person-text-name = Look at the name, then choose.
person-expired = This card has expired. You can go on today; please renew it.
name-as-on-card = as on the card
person-relative-title = For this relative?
person-relative-text = Look at the name and the number, then choose.
person-relative-text-name = Look at the name, then choose.
person-is-relative = Yes, this one
person-not-relative = No
person-is-me = Yes, it is me
person-not-me = No, it is not

waiting-text = One moment, please.

balance-left = You have
balance-none-title = No personal account
balance-none-text = This insurance keeps none. Your care is covered all the same.
balance-none-paused = This insurance keeps none. It is “{ $status }” now; please ask at a window what is covered.
balance-cover = Hide amount
balance-uncover = Show amount
balance-movements = Latest
balance-all-movements = See all
balance-movements-pending = Looking up the latest payments…
balance-movements-empty = Nothing lately.
balance-others = You also have
balance-finish = I am done

movements-title = All payments
movements-earlier = Next
movements-later = Previous
movements-empty = Nothing yet.

insured-balance = Personal account
insured-finish = I am done

not-insured-title =
    We could not find
    your insurance
not-insured-text = You may be insured in another place.
not-insured-can = You can
not-insured-hotline = Ask 12393
not-insured-hotline-text = Call from your own phone
not-insured-window-text = Let our staff look it up
not-insured-finish = All right
