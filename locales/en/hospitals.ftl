### Designated hospitals.

hospital-address = Address
hospital-phone = Phone
hospital-services = Direct payment for patients from elsewhere
hospital-services-unknown = Call 12393 to ask about direct payment
hospital-finish = I am done

# Levels of designated hospitals and what they settle directly.

hospital-tier-primary = Level 1
hospital-tier-secondary = Level 2
hospital-tier-tertiary = Level 3
hospital-grade-special = special
hospital-grade-a = grade A
hospital-grade-b = grade B
hospital-grade-c = grade C
hospital-graded = { $tier }, { $grade }
hospital-inpatient = Inpatient
hospital-outpatient = Outpatient
hospital-chronic = Chronic diseases
