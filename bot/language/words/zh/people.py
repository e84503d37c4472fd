"""Chinese surnames by which a name is recognised in running text; those that are mostly words (和, 能) are left out."""

SINGLE = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹"
    "熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿"
    "梅莫庄辛管祝左涂谷祁耿牟卜詹关苗凌费纪靳盛童欧甄项裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵阳解强车房苑"
)
DOUBLE = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "夏侯",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "端木",
        "南宫",
        "独孤",
    )
)
FAMILIAR = frozenset("小老阿大晓")
"""Signs before a surname or a given name that make a familiar name of it (小王)."""
AFTER_ONE = frozenset("鸣凡诺帆宁博涵铭菲然晨冰飞舟航曼笑")
"""Signs that make a given name of an 一 before them."""
AFTER_BIG = frozenset("伟强明军勇鹏刚壮龙宝飞")
"""Signs that make a familiar name of a 大 before them."""
NOT_DOUBLED = frozenset(
    "天看聊问谢常刚人个多少慢好等试早哈呵嘿年月日周时分点种样次走说想听拜见对是在有没不啊呀嗯哦吧吗呢嘛哎喂啦噢谁快急一二三四五六七八九十"
)
"""Signs that say something else when they are doubled (天天, 看看); others make a name (明明)."""
SUFFIX_TITLES = ("老师", "经理", "主任", "同学", "老板", "总监", "师傅", "博士", "教授", "总", "工", "哥", "姐")
"""What may stand behind a surname or a name, the longest first."""
NOT_TITLES = ("工作", "工位", "工资", "工时", "总结", "总共", "总是", "总部", "哥们", "姐妹")
"""Words whose first sign is no title behind a name."""
BEFORE_SURNAME = frozenset("小老阿")
"""What makes a familiar name of a surname."""
