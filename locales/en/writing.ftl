### Handwriting and pinyin.

writing-place = Where do you go for treatment?
writing-hospital = Which hospital?
writing-address = Please write the address there
writing-referral = Which hospital sent you?
writing-place-hint = Name of the place
writing-hospital-hint = Name of the hospital
writing-address-hint = Street, house, number
writing-full = No room for more
writing-pad = Write here with your finger
writing-recognising = Reading
writing-no-hand = Handwriting is not working. Please use pinyin.
writing-letters = Type pinyin; first letters will do
writing-no-match = Nothing found yet. Write one more.
writing-undo = Undo
writing-clear = Clear
writing-by-pinyin = Pinyin
writing-by-hand = By hand
writing-erase = Delete
writing-done = Done
writing-more = More
match-filed-to = { $within } · filed to { $to }
