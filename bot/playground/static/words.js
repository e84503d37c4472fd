// The page's own words, in both languages; what the bot says is never translated here.

const WORDS = {
  zh: {
    me: "我是", direct: "和有空单聊", external: "外部", at: "@ 成员", send: "发送", examples: "试一试",
    message: "消息", working: "有空正在查…", late: "有空还没有回答", unanswered: "按钮没有得到回应，请再按一次",
    offline: "和演示服务的连接断开，正在重连…", recalled: "（已撤回）", unheard: "没有 @有空，机器人看不到这条",
    groupHint: "问问大家什么时候有空（Enter 发送）", directHint: "写出名字和时间，例如：李娜明天下午有空吗",
    empty: "点一个问一问：", remove: "去掉", again: "再问一次", language: "English", chats: "聊天", unread: "有新消息",
    failed: "没有办成", close: "关闭", save: "保存", set: "设好", skipToText: "跳到输入框", skipToStage: "跳到日历",
    stage: "台面", calendars: "日历", trace: "过程", faults: "故障", tours: "导览",
    clock: "时钟", ahead15: "+15 分钟", nextDigest: "下一份日报", noDigest: "还没有设日报",
    setTo: "拨到", clockHint: "只往前拨；拨回过去，或拨到两周以后，会从头开始：聊天清空，日历重排。",
    speed: "走多快", speed1: "正常", speed60: "一秒一分钟", speed600: "一秒十分钟",
    day: "哪一天", weekBefore: "上一周", weekAfter: "下一周", asked: "问到的", editPerson: "改日历",
    notShared: "未开放忙闲", allDay: "全天", wholeDay: "全天", busy: "忙", tentative: "待定", leave: "请假", window: "问的时间", work: "工作时间",
    dragHint: "在空白处拖出一个会，拖动可改时间，点开可删；点名字改请假、忙闲开放、工作时间。改完再问一次，或在卡片上点「刷新」。", from: "从", to: "到",
    removeEntry: "删掉", reply_accepted: "接受", reply_tentative: "暂定", reply_declined: "拒绝", invited: "有空约的会，收到了邀请。",
    addTitle: "日历上加一项", addEntry: "加上", what: "是什么", endLeave: "销假",
    onLeave: "请假", sharesCalendar: "开放忙闲", leaveUnread: "没有打开请假查询，有空看不到请假。",
    ownHours: "自己的工作时间", workdays: "哪几天上班", zone: "在哪里", saveHours: "按这个上班", companyHours: "用公司默认",
    endsFirst: "结束要晚于开始", shiftTooLong: "一天最长 16 小时",
    faultsHint: "钉钉也会出错。打开一个，再问一次，看有空怎么说。",
    fault_no_calendar_permission: "没有日历权限", does_no_calendar_permission: "查忙闲时钉钉答 403，并说缺哪个权限点。",
    fault_no_booking_permission: "没有建日程权限", does_no_booking_permission: "约会议、改时间、取消都被 403 拒绝。",
    fault_no_leave_permission: "没有请假权限", does_no_leave_permission: "查请假被拒（errcode 88），有空只按日历说。",
    fault_no_card_permission: "没有卡片权限", does_no_card_permission: "发卡片被 403 拒绝，有空改发文字。",
    fault_cards_refused: "卡片投不进群", does_cards_refused: "外层成功，内层失败：卡片没有出现，有空改发文字。",
    fault_slow: "慢", does_slow: "每次查忙闲晚 3 秒才回。",
    fault_error_500: "服务器出错", does_error_500: "查忙闲一律答 500。",
    fault_hanging: "没有回应", does_hanging: "查忙闲没有任何回答，有空等到 8 秒为止。",
    fault_throttled: "限流", does_throttled: "查忙闲被拒：超过每秒次数。",
    fault_calls_spent: "本月调用用完", does_calls_spent: "计数的接口一律被拒，到下个月才恢复。",
    fault_pushes_spent: "本月推送用完", does_pushes_spent: "消息到了有空那里，但没有内容，带错误码 20001。",
    fault_delivered_twice: "重复投递", does_delivered_twice: "每条消息、每次按钮一秒后再推一次；有空只答一次。",
    fault_disconnect: "断开一次", does_disconnect: "钉钉关掉长连接，有空自己连回来；期间的消息不会丢。",
    traceHint: "点消息旁边的“过程”，看这个回答是怎么来的。", copyReport: "复制成问题报告", copied: "已复制", details: "细节",
    attempt: "第几次", noClaim: "没有认领", deliveredTimes: "投递次数",
    hop_clock: "拨钟", hop_frame: "推送", hop_claim: "认领", hop_ack: "应答", hop_words: "读懂", hop_call: "调用", hop_verdicts: "判断",
    hop_delivery: "送达", what_card_made: "新卡片", what_card_changed: "改卡片", what_card_changed_by_ack: "随应答改卡片",
    what_sendBySession: "文字消息", what_card: "卡片", what_card_updated: "改卡片",
    account_time: "时间", account_length: "时长", account_exclusion: "除外", account_series: "重复", account_person: "人",
    account_team: "团队", account_want: "要做什么", account_title: "标题", account_place: "地点", account_reminder: "提醒",
    account_polite: "客气", account_rest: "没读懂",
    state_free: "有空", state_tentative: "待定", state_busy: "没空", state_outside_hours: "非工作时间", state_unknown: "查不到",
    situations: "情景", situation: "情景", loadSituation: "打开情景文件", saveSituation: "存成情景文件", gallery: "全部卡片",
    situationsHint: "人、日历、时钟、故障和说过的话存成一个 YAML 文件；打开后可以一步步重放。", cards: "卡片",
    startTour: "一步步看一遍", tour: "导览", tourBegin: "开始", tourNext: "下一步", tourPlay: "自动播放", tourEnd: "结束", tourDone: "完成，自己试试",
    galleryTitle: "全部卡片", back: "回到演示", playing: "正在逐张做出来，要十几秒…",
  },
  en: {
    me: "I am", direct: "1:1 with Youkong", external: "external", at: "@ member", send: "Send",
    examples: "Try", message: "Message", working: "Youkong is looking…", late: "No answer from Youkong yet",
    unanswered: "The button got no answer, press it again",
    offline: "Lost the connection to the playground, trying again…", recalled: "(recalled)",
    unheard: "without @有空 the bot does not see this", groupHint: "Ask who is free (Enter sends)",
    directHint: "Write names and a time, such as: is Bob Smith free tomorrow at 10",
    empty: "Tap a question:", remove: "Remove", again: "Ask again", language: "中文", chats: "Chats",
    unread: "new messages", failed: "Not done", close: "Close", save: "Save", set: "Set", skipToText: "Skip to the message box",
    skipToStage: "Skip to the calendars", stage: "Stage", calendars: "Calendars", trace: "How", faults: "Faults",
    tours: "Tours", clock: "Clock", ahead15: "+15 min", nextDigest: "Next digest", noDigest: "no digest is set",
    setTo: "Set to", clockHint: "Forward only. Back in time, or more than two weeks ahead, begins anew: empty chats, calendars laid out again.",
    speed: "Speed", speed1: "Normal", speed60: "A minute a second", speed600: "Ten minutes a second",
    day: "Day", weekBefore: "Week before", weekAfter: "Week after", asked: "asked about", editPerson: "Change this calendar",
    notShared: "not shared", allDay: "all day", wholeDay: "All day", busy: "Busy", tentative: "Tentative", leave: "On leave",
    window: "Asked", work: "Working time", dragHint: "Drag on empty time to add a meeting, drag one to move it, click it to remove it. A name opens the rest: leave, sharing, working hours. Then ask again, or press Refresh on the card.",
    from: "From", to: "To", removeEntry: "Remove", reply_accepted: "Accept", reply_tentative: "Tentative", reply_declined: "Decline",
    invited: "Booked by Youkong; this is an invitation.", addEntry: "Add",
    addTitle: "Add to the calendar", what: "What", endLeave: "End the leave", onLeave: "On leave",
    sharesCalendar: "Shares free/busy", leaveUnread: "Leave is not turned on here, Youkong cannot see it.",
    ownHours: "Own working hours", workdays: "Working days", zone: "Where", saveHours: "Work like this", companyHours: "Company hours",
    endsFirst: "The end must come after the start", shiftTooLong: "A day has 16 hours at most",
    faultsHint: "DingTalk fails, too. Switch something on, ask again, and see what Youkong says.",
    fault_no_calendar_permission: "No calendar permission", does_no_calendar_permission: "Reading busy times is refused with 403 and the missing scope.",
    fault_no_booking_permission: "No event permission", does_no_booking_permission: "Booking, moving and cancelling are refused with 403.",
    fault_no_leave_permission: "No leave permission", does_no_leave_permission: "Reading leave is refused (errcode 88); Youkong goes by calendars and says so.",
    fault_no_card_permission: "No card permission", does_no_card_permission: "Sending a card is refused with 403; Youkong sends text instead.",
    fault_cards_refused: "Cards do not arrive", does_cards_refused: "Outside a success, inside a failure: no card appears; Youkong sends text instead.",
    fault_slow: "Slow", does_slow: "Each reading of busy times takes 3 seconds more.",
    fault_error_500: "Server error", does_error_500: "Reading busy times always answers 500.",
    fault_hanging: "Hanging", does_hanging: "Reading busy times gets no answer at all; Youkong waits 8 seconds at most.",
    fault_throttled: "Throttled", does_throttled: "Reading busy times is refused: too many calls a second.",
    fault_calls_spent: "The month's calls are spent", does_calls_spent: "Every counted call is refused until next month.",
    fault_pushes_spent: "The month's pushes are spent", does_pushes_spent: "Messages reach Youkong without their text, with the error code 20001.",
    fault_delivered_twice: "Delivered twice", does_delivered_twice: "Each message and press comes again after a second; Youkong answers once.",
    fault_disconnect: "Disconnect once", does_disconnect: "DingTalk closes the connection; Youkong comes back, and no message is lost meanwhile.",
    traceHint: "Press “How” beside a message to see how its answer came to be.", copyReport: "Copy as a bug report", copied: "Copied",
    details: "Details", attempt: "attempt", noClaim: "not claimed", deliveredTimes: "times delivered:",
    hop_clock: "Clock set", hop_frame: "Pushed", hop_claim: "Claimed", hop_ack: "Acked", hop_words: "Read", hop_call: "Call", hop_verdicts: "Judged",
    hop_delivery: "Delivered", what_card_made: "a new card", what_card_changed: "a card changed",
    what_card_changed_by_ack: "a card changed in the ack", what_sendBySession: "a text", what_card: "a card", what_card_updated: "a card changed",
    account_time: "time", account_length: "length", account_exclusion: "except", account_series: "series", account_person: "person",
    account_team: "team", account_want: "wish", account_title: "title", account_place: "place", account_reminder: "reminder",
    account_polite: "polite", account_rest: "not read",
    state_free: "free", state_tentative: "tentative", state_busy: "busy", state_outside_hours: "outside working time", state_unknown: "unknown",
    situations: "Situations", situation: "Situation", loadSituation: "Open a situation file", saveSituation: "Save as a situation file",
    gallery: "All cards", situationsHint: "People, calendars, the clock, faults and what was said as one YAML file, to be played again step by step.",
    cards: "Cards", startTour: "Be shown around", tour: "Tour", tourBegin: "Begin", tourNext: "Next", tourPlay: "Play", tourEnd: "End", tourDone: "Done, try it yourself",
    galleryTitle: "All cards", back: "Back to the playground", playing: "Asking for each of them, about fifteen seconds…",
  },
};

const known = (wanted) => (wanted in WORDS ? wanted : null);
let spoken = known(localStorage.getItem("language")) || (navigator.language.startsWith("zh") ? "zh" : "en");

export const word = (key) => WORDS[spoken][key] ?? key;

export const language = () => spoken;

export const locale = () => (spoken === "zh" ? "zh-CN" : "en-GB");

export function useLanguage(wanted) {
  spoken = known(wanted) || spoken;
  localStorage.setItem("language", spoken);
}

export const switchLanguage = () => useLanguage(spoken === "zh" ? "en" : "zh");

export function translatePage() {
  document.documentElement.lang = locale();
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
}
