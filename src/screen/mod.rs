//! One adapter a screen: session view to view model to Slint properties; presses to events. No ports, SQL or HTTP.
