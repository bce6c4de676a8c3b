"""Alerts of Opsgenie and of the alerts in Jira Service Management."""
