# Receipt and draft that leave on a phone. Scanning shows these lines; the last one proves them.

receipt-title = Receipt: filing for treatment elsewhere
receipt-done = Filing number: { $serial }
receipt-kept = Kept, not done yet. Query code: { $code }
receipt-name = Name: { $name }
receipt-route = From { $from } to { $to }
receipt-open-ended = From { $begin } on, open-ended
receipt-until = From { $begin } to { $end }
receipt-cancelled = Filing to { $place } cancelled
receipt-extended = Filing to { $place } extended to { $until }
receipt-number = Request number: { $number }
receipt-made = Made: { $day } { $time }
receipt-date = { $year }-{ $month }-{ $day }
draft-title = Draft of a filing, not submitted
draft-advice = Within one day, bring your ID card and have this scanned at a window
to-bring-title = Out-of-area filing at the window. Please bring:
to-bring-advice = A reminder, not a receipt: nothing is filed yet.
receipt-notice = You were told:
