"""A stand-in for Stripe: it keeps customers, subscriptions and invoices, bills them, and sends news of what changed."""
