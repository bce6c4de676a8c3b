"""Plans and runs of Terraform and OpenTofu."""
