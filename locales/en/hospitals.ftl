### Designated hospitals.

hospital-address = Address
hospital-phone = Phone
hospital-services = Direct payment for guests
hospital-services-unknown = Please call to ask about direct payment
hospital-finish = I am done
