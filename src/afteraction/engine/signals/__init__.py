"""What metric series say: onsets, steps and the windows of impact they show."""
