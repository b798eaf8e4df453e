-- Where the database lies: what is made beside it stays on the same protected disk.
-- database_file :one () -> (path: text)
select file from pragma_database_list where name = 'main'
-- postgres: its disk is another machine's
select cast('' as text)
