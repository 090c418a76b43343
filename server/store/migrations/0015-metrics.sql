-- Figures of a span of time are sums over rows: what they read, in the order of time.
create index messages_judged on messages (tenant, received_at) include (disposition, delivery_mode);
create index retraction_copies_seen on retraction_copies (first_seen_at);
create index reporter_votes_voted on reporter_votes (tenant, voted_at);
