-- The main one first, it is the oldest.
-- clerks_of :many (company: company_id, limit: int) -> account_full
select @columns from account where company_id = :company order by id limit :limit

-- No row: another company's, or the main one's, which staff keep.
-- clerk_of :one (asking: company_id, id: account_id) -> account_full
select @columns from account where id = :id and company_id = :asking and main = 0

-- clerk_update :exec (id: account_id, name: text, login: text, password: text, mobile_sealed: bytes, view_only: bool,
--   enabled: bool)
update account set name = :name, login = :login, password = :password, mobile_sealed = :mobile_sealed,
    view_only = :view_only, enabled = :enabled, version = version + 1
where id = :id

-- Whose number it is.
-- clerk_with_login_unscoped :one (login: text) -> (id: account_id)
select id from account where side = 'company' and login = :login
