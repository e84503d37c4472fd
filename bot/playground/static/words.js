// The page's own words, in both languages; what the bot says is never translated here.

const WORDS = {
  zh: {
    me: "我是", direct: "和有空单聊", members: "成员", external: "外部", at: "@ 成员", send: "发送", examples: "试一试",
    working: "有空正在查…", late: "有空还没有回答", unanswered: "按钮没有得到回应，请再按一次",
    offline: "和演示服务的连接断开，正在重连…", recalled: "（已撤回）", unheard: "没有 @有空，机器人看不到这条",
    groupHint: "问问大家什么时候有空（Enter 发送）", directHint: "写出名字和时间，例如：李娜明天下午有空吗",
    empty: "还没有消息。点一个例子，或者自己问。", remove: "去掉", language: "English", chats: "聊天", unread: "有新消息",
    failed: "没有发出去",
  },
  en: {
    me: "I am", direct: "1:1 with Youkong", members: "Members", external: "external", at: "@ member", send: "Send",
    examples: "Try", working: "Youkong is looking…", late: "No answer from Youkong yet",
    unanswered: "The button got no answer, press it again",
    offline: "Lost the connection to the playground, trying again…", recalled: "(recalled)",
    unheard: "without @有空 the bot does not see this", groupHint: "Ask who is free (Enter sends)",
    directHint: "Write names and a time, such as: is Bob Smith free tomorrow at 10",
    empty: "Nothing here yet. Tap an example or ask yourself.", remove: "Remove", language: "中文", chats: "Chats",
    unread: "new messages", failed: "Not sent",
  },
};

let language = localStorage.getItem("language") || (navigator.language.startsWith("zh") ? "zh" : "en");

export const word = (key) => WORDS[language][key];

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}

export function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
}
