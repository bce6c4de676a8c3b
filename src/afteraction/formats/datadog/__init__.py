"""Events and monitor alerts of Datadog."""
