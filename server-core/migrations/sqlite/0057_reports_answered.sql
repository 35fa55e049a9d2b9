-- How long reports wait for an answer is asked whenever somebody looks at them.

CREATE INDEX reports_closed_at ON reports (closed_at);
