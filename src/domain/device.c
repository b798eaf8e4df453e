#include "domain/device.h"

struct mark {
    const char *part, *label;
};
/* The first that is found: many name others behind themselves. */
static const struct mark BROWSERS[] = {
    {"MicroMessenger", "微信"},
    {"DingTalk", "钉钉"},
    {"QQBrowser", "QQ 浏览器"},
    {"QIHU", "360 浏览器"},
    {"360SE", "360 浏览器"},
    {"360EE", "360 浏览器"},
    {"HuaweiBrowser", "华为浏览器"},
    {"MiuiBrowser", "小米浏览器"},
    {"HeyTapBrowser", "OPPO 浏览器"},
    {"VivoBrowser", "vivo 浏览器"},
    {"UCBrowser", "UC 浏览器"},
    {"QQ/", "QQ"},
    {"Edg", "Edge"},
    {"OPR/", "Opera"},
    {"Firefox/", "Firefox"},
    {"Chrome/", "Chrome"},
    {"CriOS/", "Chrome"},
    {"Safari/", "Safari"},
    {"Trident/", "IE"},
};
static const struct mark SYSTEMS[] = {
    {"OpenHarmony", "鸿蒙"}, {"HarmonyOS", "鸿蒙"},  {"iPhone", "iPhone"}, {"iPad", "iPad"},
    {"Android", "Android"},  {"Windows", "Windows"}, {"Macintosh", "Mac"}, {"UOS", "统信 UOS"},
    {"Kylin", "麒麟"},       {"Linux", "Linux"},
};

static const char *first_of(const struct mark *marks, size_t n, struct str text)
{
    size_t at;
    for (size_t i = 0; i < n; i++)
        if (str_find(text, str_from(marks[i].part), &at)) return marks[i].label;
    return NULL;
}

struct str device_label(struct arena *a, struct str user_agent)
{
    const char *browser = first_of(BROWSERS, sizeof BROWSERS / sizeof *BROWSERS, user_agent);
    const char *system = first_of(SYSTEMS, sizeof SYSTEMS / sizeof *SYSTEMS, user_agent);
    if (browser && system) return arena_fmt(a, "%s · %s", browser, system);
    return browser ? str_from(browser) : system ? str_from(system) : STR("未知设备");
}
