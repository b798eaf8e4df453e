-- What its holder is shown of a session: from where it was opened, sealed, and how the account stood before (the last login,
-- failures since). proved_at: when the password was last typed in it.
alter table session add column device_sealed @bytes;
alter table session add column address_sealed @bytes;
alter table session add column before_at @int;
alter table session add column failures @int not null default 0;
alter table session add column proved_at @int not null default 0;
