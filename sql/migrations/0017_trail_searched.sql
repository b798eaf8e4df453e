-- What an auditor asks the trail for: what an account did, and a day.
create index audit_account on audit (account_id, number) where account_id is not null;
create index audit_at on audit (at, number);
