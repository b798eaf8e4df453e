-- row lost_password_full (id: lost_id, uid: bytes, account_id: account_id, password: text, unfit: int, code_index: bytes,
--   network: bytes, tries: int, refused: int, state: text, asked_at: time, good_until: time)

-- lost_password_insert :one (uid: bytes, account: account_id, password: text, unfit: int, code_index: bytes,
--   network: bytes, now: time, until: time) -> (id: lost_id)
insert into lost_password (uid, account_id, password, unfit, code_index, network, tries, refused, state, asked_at, good_until)
values (:uid, :account, :password, :unfit, :code_index, :network, 0, 0, 'pending', :now, :until)
returning id

-- Of an account, oldest first.
-- lost_passwords_pending :many (account: account_id, now: time, limit: int) -> lost_password_full
select @columns from lost_password where account_id = :account and state = 'pending' and good_until > :now
order by id limit :limit

-- One, whatever became of it.
-- lost_password_of :one (id: lost_id, account: account_id) -> lost_password_full
select @columns from lost_password where id = :id and account_id = :account

-- lost_password_end :exec (id: lost_id, state: text, now: time, by: account_id?, paper: file_id?)
update lost_password set state = :state, password = '', ended_at = :now, ended_by = :by, paper_id = :paper
where id = :id and state = 'pending'

-- The account has another password, or nobody who waits for this one.
-- lost_passwords_end_of :exec (account: account_id, now: time)
update lost_password set state = 'ended', password = '', ended_at = :now where account_id = :account and state = 'pending'

-- lost_password_count_try :exec (id: lost_id)
update lost_password set tries = tries + 1 where id = :id

-- lost_passwords_count_refused :exec (account: account_id)
update lost_password set refused = refused + 1 where account_id = :account and state = 'pending'

-- What a stamped form stands behind is kept with it.
-- lost_passwords_delete_old :exec (until: time)
delete from lost_password where good_until < :until and paper_id is null

-- What is over holds no password any more, in whatever way it ended.
-- lost_passwords_wipe :exec (now: time)
update lost_password set state = 'ended', password = '', ended_at = :now where state = 'pending' and good_until < :now

-- Whose it is: a person, a company's main clerk or another of its clerks.
-- row lost_password_line (id: lost_id, account_id: account_id, side: text, login: text, name: text, main: bool,
--   mobile_sealed: bytes?, member_id: member_id?, company_id: company_id?, company_name: text?, contact: text?, phone: text?,
--   member_uid: bytes?, id_sealed: bytes?, tries: int, refused: int, state: text, asked_at: time, good_until: time)
select l.id, a.id, a.side, a.login, a.name, a.main, a.mobile_sealed, a.member_id, coalesce(a.company_id, m.company_id), c.name, c.contact, c.phone,
    m.uid, m.id_sealed, l.tries, l.refused, l.state, l.asked_at, l.good_until
from lost_password l
join account a on a.id = l.account_id
left join member m on m.id = a.member_id
left join company c on c.id = coalesce(a.company_id, m.company_id)

-- A company's: its people, and its clerks for who keeps them.
-- lost_passwords_of_company :many (company: company_id, clerks: bool, now: time, limit: int) -> lost_password_line
@row
where l.state = 'pending' and l.good_until > :now
  and (m.company_id = :company or (:clerks = 1 and a.company_id = :company and a.main = 0))
order by l.good_until, l.id limit :limit

-- The association's: everybody but the clerks whom a main one keeps.
-- lost_passwords_of_all :many (now: time, limit: int) -> lost_password_line
@row
where l.state = 'pending' and l.good_until > :now and (a.member_id is not null or a.main = 1)
order by l.good_until, l.id limit :limit

-- One of them, whatever became of it.
-- lost_password_for_company :one (asking: company_id, clerks: bool, id: lost_id) -> lost_password_line
@row
where l.id = :id and (m.company_id = :asking or (:clerks = 1 and a.company_id = :asking and a.main = 0))

-- lost_password_for_staff :one (id: lost_id) -> lost_password_line
@row
where l.id = :id and (a.member_id is not null or a.main = 1)

-- How many wait, and since when: for what a desk has to do.
-- lost_passwords_waiting_of_company :one (asking: company_id, clerks: bool, now: time) -> (n: int, oldest: time?)
select count(*), min(l.asked_at) from lost_password l
join account a on a.id = l.account_id
left join member m on m.id = a.member_id
where l.state = 'pending' and l.good_until > :now
  and (m.company_id = :asking or (:clerks = 1 and a.company_id = :asking and a.main = 0))

-- lost_passwords_waiting_of_all :one (now: time) -> (n: int, oldest: time?)
select count(*), min(l.asked_at) from lost_password l
join account a on a.id = l.account_id
where l.state = 'pending' and l.good_until > :now and (a.member_id is not null or a.main = 1)

-- lost_passwords_behind :many (above: lost_id, limit: int) -> lost_password_full
select @columns from lost_password where id > :above order by id limit :limit
