"""PagerDuty's REST API, version 2."""
