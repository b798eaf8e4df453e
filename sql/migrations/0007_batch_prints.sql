-- Each print of a batch as it was sealed, the earlier ones too. number counts within the batch. head_sealed: what stands
-- around the table; none for a print that an earlier version made. batch.check_code and printed_at are the last one's.
create table batch_print (
    id @id,
    uid @bytes not null unique,
    batch_id @int not null references batch (id),
    number @int not null,
    check_code @text not null,
    head_sealed @bytes,
    account_id @int references account (id),
    printed_at @int not null,
    unique (batch_id, number)
) @strict;

create table batch_print_item (
    print_id @int not null references batch_print (id),
    position @int not null,
    member_id @int not null references member (id),
    snapshot_sealed @bytes not null,
    primary key (print_id, position),
    unique (print_id, member_id)
) @strict;
create index batch_print_item_member on batch_print_item (member_id, print_id);
