#include "check.h"

#include "domain/device.h"

static void labels(void **state)
{
    static const struct {
        const char *user_agent, *label;
    } CASES[] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
         "Safari/537.36",
         "Chrome · Windows"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
         "Safari/537.36 "
         "Edg/126.0.0.0",
         "Edge · Windows"},
        {"Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0 Safari/537.36 QIHU "
         "360SE",
         "360 浏览器 · Windows"},
        {"Mozilla/5.0 (Linux; Android 10; V1938T) AppleWebKit/537.36 Chrome/86.0 Mobile Safari/537.36 "
         "XWEB/4313 "
         "MicroMessenger/8.0.30.2244(0x28001E57)",
         "微信 · Android"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile "
         "Safari/604.1",
         "Safari · iPhone"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
         "Firefox · Mac"},
        {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", "Chrome · Linux"},
        {"Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 "
         "HuaweiBrowser/5.0",
         "华为浏览器 · 鸿蒙"},
        {"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "IE · Windows"},
        {"Android", "Android"},
        {"Firefox/1", "Firefox"},
        {"curl/7.88.1", "未知设备"},
        {"", "未知设备"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_row_text(device_label(*state, str_from(CASES[i].user_agent)), CASES[i].label);
    assert_row_text(device_label(*state, STR_NONE), "未知设备");
}

int main(void)
{
    const struct CMUnitTest tests[] = {WITH_ARENA(labels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
