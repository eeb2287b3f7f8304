"""What happens to a made-up student at school besides marks: every value of it is invented."""
