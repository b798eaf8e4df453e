#!/usr/bin/env python3
"""common_passwords.py OUT WORDS: the passwords that are guessed first, as C (src/domain/password_common.h).

WORDS holds those that people are known to take, one a line; the rest is made as people make it: a word that is at hand
(names, places, the keyboard, this trade), perhaps a sign, and a number or year."""

import sys

SHORTEST = 8  # src/domain/password.h: shorter ones are refused for their length

WORDS = """
    a aa aaa ab abc abcd abcde abcdef abcdefg q qq qqq qw qwe qwer qwert qwerty qwertyu qaz qazwsx qazwsxedc wsx w ww www
    z zz zzz zx zxc zxcv zxcvb zxcvbn zxcvbnm as asd asdf asdfg asdfgh asdfghjkl 1qaz 1q2w 1q2w3e qweasd qweasdzxc s x
    admin administrator root user guest test tester system sysadmin manager master server service support default change
    changeme welcome login pass passwd passw0rd password p@ssw0rd p@ssword pa$$w0rd secret letmein access super hello
    iloveyou love loveyou lovely baby angel sunshine summer winter spring autumn monkey dragon tiger eagle shadow superman
    batman football baseball michael jordan daniel thomas robert andrew charlie jessica jennifer ashley nicole computer
    internet samsung huawei apple google oracle mysql windows linux freedom pokemon princess flower happy lucky money
    wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng
    dong xiao cheng cao yuan deng shen zeng peng lv su lu jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren
    zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing zhangli wangli liuyang lijun zhangjing xiaoming xiaohong
    woaini woaiwo woaiwojia wodemima mima woshini nihao niubi baobao baobei laopo laogong baba mama mamababa tiantian
    haohao xiaoxiao wangwang qinaide jiayou fengkuang feifei lele beibei yangyang dandan longlong
    china zhongguo beijing shanghai shenzhen guangzhou chengdu chongqing wuhan xian lanzhou gansu tianshui jiuquan baiyin
    wuwei zhangye pingliang dingxi qingyang jinchang longnan linxia gannan jiayuguan xining yinchuan
    jianli jianlishi zongjian gongcheng jianshe jianzhu gongsi qiye bangong caiwu kuaiji peixun kaoshi huiyuan xiehui gsjl
    gsjlxh jianguan anquan zhiliang xiangmu guanli guanliyuan yonghu denglu
""".split()
NUMBERS = """
    1 12 123 1234 12345 123456 12345678 123456789 123123 123321 321 654321 000 000000 11 111 1111 111111
    66 666 6666 666666 88 888 8888 888888 520 521 1314 5201314 168
""".split() + [str(year) for year in range(1990, 2031)]
BEHIND_A_SIGN = ["1", "123", "1234", "12345", "123456", "666", "888", "520"] + [str(year) for year in range(2018, 2031)]


def fits(password):
    """As a member's must be: letters and digits. In capitals and small letters it fits the other sides, too."""
    return (len(password) >= SHORTEST and any("a" <= c <= "z" for c in password)
            and any(c.isdigit() for c in password))


def made():
    for word in WORDS:
        yield from (word + number for number in NUMBERS)
        yield from (word + "@" + number for number in BEHIND_A_SIGN)


def as_c(passwords):
    at, starts, lines = 0, [], []
    for password in passwords:
        starts.append(str(at))
        at += len(password)
        lines.append('"' + password.replace("\\", "\\\\").replace('"', '\\"') + '"')
    starts.append(str(at))
    return ('#include "domain/password_common.h"\n\n'
            f"const size_t password_common_n = {len(passwords)};\n"
            "const char password_common_text[] =\n" + "\n".join(lines) + ";\n"
            "const uint32_t password_common_starts[] = {\n" + ",\n".join(starts) + "};\n")


def main():
    out, words = sys.argv[1:]
    with open(words, encoding="ascii") as file:
        known = {line.rstrip("\n") for line in file}
    everything = known | {password for password in made() if fits(password)}
    with open(out, "w", encoding="ascii") as file:
        file.write(as_c(sorted(everything)))


if __name__ == "__main__":
    main()
