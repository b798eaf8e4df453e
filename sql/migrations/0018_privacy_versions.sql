-- 个人信息处理规则, version by version, never changed. own: the program's, in force from the beginning, with {names} that what is
-- set is filled in for; the others stand as the system administrator typed them. A line that begins with # is a heading.
create table privacy_version (
    id @id,
    version @text not null unique,
    in_force_from @day not null,
    text @text not null,
    own @bool not null check (own in (0, 1)),
    reason @text not null,
    set_at @int not null,
    set_by @int references account (id)
) @strict;

insert into privacy_version (version, in_force_from, text, own, reason, set_at) values ('2026-11-01', '2026-11-01', '#一、谁处理您的个人信息
{association}（以下称协会）运营{system}，是本规则所说的个人信息处理者。您所在的会员单位在系统中审核和推荐本单位人员，只能看到本单位人员的信息，并对其查看、导出和打印的内容负责保管。
有关个人信息的问题和请求，请联系{association}。
联系电话：{phone}
#二、我们收集哪些信息，用来做什么
1、身份证号：作为登录账号，确认是您本人，避免重复入会，并从中得出性别和出生日期，判断是否符合年龄条件。
2、姓名、学历、毕业院校、所学专业、职称、职称专业、岗位、开始从事监理的年月：判断是否符合入会条件，办理审核、培训和统计。
3、工作单位、通讯地址：由您所在单位审核和推荐，寄送资料。
4、手机号，以及您愿意填写的QQ号、电子邮箱：与您联系，查找和核对您的申请。
5、一寸证件照：用于入会申请表和核对本人。系统只检查照片的尺寸、颜色、背景和清晰度，不做人脸识别，也不提取人脸特征。
6、会员编号、会员有效期、审批和缴费情况：记录您的会员资格。
7、登录和办理的时间、账号和网络地址：保护账号安全，按法律要求留存网络日志。登录密码只保存不可还原的加密值，任何人都看不到。
本系统只使用登录和填写所必需的Cookie，不做广告和行为跟踪。除必填项外，其他内容可以不填，不填不影响入会。
#三、敏感个人信息
身份证号和证件照属于（或者与其他信息结合后属于）敏感个人信息，一旦泄露，可能使您的身份被冒用，造成人身、财产损害。
处理它们的目的是确认会员身份和制作入会材料，没有它们无法办理个人会员入会。因此我们请您单独同意；您可以不同意，不同意时不能在网上申请入会，已有的其他权利不受影响。
我们采取的保护措施：身份证号、手机号和照片加密存放；页面上只显示身份证号的前三位和后四位，查看完整号码需要专门点击并留下记录；导出和打印都记录是谁、何时、多少人；协会人员按角色授权，互相牵制；办理记录不能删改。
#四、提供给谁
1、您所在的会员单位：为了审核、推荐和续期，可以看到您填写的信息和照片，打印的推荐汇总表上有姓名、性别、身份证号、学历、专业、职称、岗位和手机号。您离开该单位后，该单位不再能看到您此后的信息。
2、除法律、行政法规规定必须提供的以外，不向其他单位和个人提供，不公开，不出售，不向境外提供。
#五、保存多久
1、没有提交的申请（包括照片）保存一天，之后自动删除。
2、会员资格存续期间，保存您的会员信息。
3、注销以后，除会计、档案等法律法规要求继续保存的以外，不再使用；必须继续保存的，只作保存和安全保护。会计凭证按规定保存三十年。
4、网络日志保存不少于六个月。
#六、您的权利
1、查阅和复制：登录后可以看到您填写的全部信息和办理记录，也可以下载入会申请表。
2、更正和补充：单位推荐以前，可以撤回修改；推荐以后，请联系所在单位或者协会，核实后更正，更正前后都有记录，您可以看到。
3、删除、注销、撤回同意：请联系协会办理。撤回同意不影响撤回以前已经进行的处理；撤回对必需信息的同意，会员资格将无法保留。
4、要求解释：对本规则或者某一次处理有疑问的，可以要求协会说明。
协会核实您的身份后，在十五个工作日内答复；不能满足请求的，说明理由。您认为权利受到侵害的，也可以向履行个人信息保护职责的部门投诉、举报。
#七、未成年人
个人会员须年满{age_min}岁，本系统不收集未成年人的个人信息。
#八、规则的变更
处理的目的、方式或者信息的种类发生变化时，我们会公布新的版本，需要您同意的，重新征得您的同意。以前的版本可以继续查阅。', 1, '', 0);

-- Whoever has an account agrees: clerks of companies, too. Once to each version.
drop index consent_member;
alter table consent rename to consent_of_member;
create table consent (
    id @id,
    account_id @int not null references account (id),
    kind @text not null check (kind in ('terms', 'sensitive')),
    text_version @text not null,
    given_at @int not null,
    unique (account_id, text_version, kind)
) @strict;

-- What demo filled in agreed to no text that there was.
insert into consent (account_id, kind, text_version, given_at)
select a.id, m.kind, case when m.text_version = 'demo' then '2026-11-01' else m.text_version end, min(m.given_at)
from consent_of_member m join account a on a.member_id = m.member_id
group by a.id, m.kind, case when m.text_version = 'demo' then '2026-11-01' else m.text_version end
order by min(m.id);
insert into consent (account_id, kind, text_version, given_at)
select a.id, k.kind, '2026-11-01', a.created_at
from account a cross join (select 'terms' as kind union all select 'sensitive') k
where a.side = 'company' and exists (select 1 from meta where name = 'demo')
order by a.id, k.kind desc;
drop table consent_of_member;
