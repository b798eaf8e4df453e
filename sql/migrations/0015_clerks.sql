-- A company's clerks besides the main one: each logs in with a mobile number of their own (login is its blind index), and may
-- be one who only looks.
alter table account add column mobile_sealed @bytes;
alter table account add column view_only @bool not null default 0 check (view_only in (0, 1));
