-- When an account was last logged in to, and how often its password was wrong since.
alter table account add column login_at @int;
alter table account add column failures @int not null default 0;
