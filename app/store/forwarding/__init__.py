"""What is passed on: `forwards` are the targets, `forwarded_reports` what is on its way to them."""
