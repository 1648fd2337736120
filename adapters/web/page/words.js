// The page's own few words. What is said in the conversation comes from the
// server, in the customer's language.

const words = {
  'en': {
    conversation: 'Conversation',
    write: 'Write a message',
    send: 'Send',
    connecting: 'Connecting…',
    sending: 'Sending…',
    waiting: 'Not sent yet, trying again',
    failed: 'This could not be sent',
    you: 'You',
    bot: 'Assistant',
    agent: 'Colleague',
    choose: 'Possible answers',
    newest: 'To the newest message',
    today: 'Today',
    empty: 'Write to us; the answer comes here.',
  },
  'zh-Hans': {
    conversation: '对话',
    write: '输入消息',
    send: '发送',
    connecting: '正在连接…',
    sending: '正在发送…',
    waiting: '还没发出去，正在重试',
    failed: '这条消息发不出去',
    you: '您',
    bot: '智能助理',
    agent: '人工同事',
    choose: '可选的回答',
    newest: '到最新消息',
    today: '今天',
    empty: '请留言，我们在这里回复您。',
  },
  'zh-Hant': {
    conversation: '對話',
    write: '輸入訊息',
    send: '傳送',
    connecting: '連線中…',
    sending: '傳送中…',
    waiting: '還沒送出，正在重試',
    failed: '這則訊息無法送出',
    you: '您',
    bot: '智慧助理',
    agent: '真人同事',
    choose: '可選的回答',
    newest: '到最新訊息',
    today: '今天',
    empty: '請留言，我們在這裡回覆您。',
  },
};

// langOf maps a browser's language to one of ours, '' for none.
export function langOf(tag) {
  const t = tag.toLowerCase();
  if (/^en\b/.test(t)) return 'en';
  if (/^zh-(hant|tw|hk|mo)\b/.test(t)) return 'zh-Hant';
  if (/^zh\b/.test(t)) return 'zh-Hans';
  return '';
}

// pick gives the first language of the browser that the page speaks, with its
// words and the browser's own tag for it, by which times are written; fallback
// is the server's choice.
export function pick(tags, fallback) {
  const tag = tags.find(langOf) || fallback;
  const lang = langOf(tag) || 'en';
  return {lang, tag, words: words[lang]};
}
