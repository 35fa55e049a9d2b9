-- When a webhook last took something: one that never has is not said to be well.

ALTER TABLE webhooks ADD COLUMN told_at BIGINT;

UPDATE webhooks SET told_at = (SELECT MAX(delivered_at) FROM webhook_deliveries WHERE hook = webhooks.id);
