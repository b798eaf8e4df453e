-- Everybody who works for the association, by name.
-- staff_accounts :many (limit: int) -> account_full
select @columns from account where side = 'staff' order by login limit :limit

-- staff_with_role :many (role: int) -> (id: account_id)
select id from account where side = 'staff' and (roles & :role) <> 0

-- How many others could do it.
-- staff_others_with_role :one (role: int, but: account_id) -> (n: int)
select count(*) from account where side = 'staff' and enabled = 1 and (roles & :role) <> 0 and id <> :but

-- account_set_standing :exec (id: account_id, roles: int, enabled: bool)
update account set roles = :roles, enabled = :enabled, version = version + 1 where id = :id
