"""What AWS CloudTrail recorded of calls to the API of AWS."""
