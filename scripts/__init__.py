"""What is run beside the site: set-up, locks, words to translate, pictures."""
