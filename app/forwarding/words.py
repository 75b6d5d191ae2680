"""What people are told before reports are passed on: the window reads it before the store's modules."""

WARNING = (
    "Reports are passed on as they came, byte for byte: passwords, cookies and other secrets in them go, "
    "too, and whoever reads the other server can read them."
)
WHAT_GOES = (
    "What clients send in Sentry's formats is passed on. What comes in other formats (Rollbar, Bugsnag, "
    "OTLP, mail …) stays here: the other server does not understand it at this address."
)
