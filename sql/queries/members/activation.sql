-- row activation_full (member_id: member_id, code_index: bytes, made_at: time, good_until: time, used_at: time?)

-- activation_put :exec (member: member_id, code_index: bytes, now: time, until: time)
insert into activation (member_id, code_index, made_at, good_until) values (:member, :code_index, :now, :until)
on conflict (member_id) do update set code_index = :code_index, made_at = :now, good_until = :until, used_at = null

-- activation_of_unscoped :one (member: member_id) -> activation_full
select @columns from activation where member_id = :member

-- activation_use :exec (member: member_id, now: time)
update activation set used_at = :now where member_id = :member and used_at is null
