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
    bot: 'Automatic assistant',
    agent: 'A person from our team',
    choose: 'Possible answers',
    newest: 'To the newest message',
    today: 'Today',
    empty: 'Write to us; the answer comes here.',
    typing: 'Writing an answer…',
    edited: 'edited',
    withdrawn: 'This message was withdrawn.',
    attach: 'Send a photo or a file',
    slow: 'This was quick. It is kept here and goes out by itself in a moment.',
    crowded: 'Many chats come from your network just now. We keep trying.',
    elsewhere: 'This chat is open in other windows.',
    here: 'Use it here',
    large: 'Files can have 10 MB at most. This one is larger.',
    hollow: 'This file is empty.',
    quota: 'No more files can be taken today. Please describe it in words.',
    photo: 'Photo',
    voice: 'Voice message',
    video: 'Video',
    document: 'File',
    location: 'Location',
    contact: 'Contact',
    sticker: 'Sticker',
    other: 'File',
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
    bot: '智能助理（自动回复）',
    agent: '人工客服',
    choose: '可选的回答',
    newest: '到最新消息',
    today: '今天',
    empty: '请留言，我们在这里回复您。',
    typing: '正在输入…',
    edited: '已编辑',
    withdrawn: '这条消息已撤回。',
    attach: '发送照片或文件',
    slow: '您发得有点快。消息已保留，稍后会自动发出。',
    crowded: '您所在的网络目前对话较多，我们会继续尝试。',
    elsewhere: '这个对话已在其他窗口打开。',
    here: '在这里使用',
    large: '文件最大 10 MB，这个文件超过了。',
    hollow: '这个文件是空的。',
    quota: '今天不能再接收文件了，请用文字说明。',
    photo: '照片',
    voice: '语音',
    video: '视频',
    document: '文件',
    location: '位置',
    contact: '联系人',
    sticker: '贴图',
    other: '文件',
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
    bot: '智慧助理（自動回覆）',
    agent: '真人客服',
    choose: '可選的回答',
    newest: '到最新訊息',
    today: '今天',
    empty: '請留言，我們在這裡回覆您。',
    typing: '正在輸入…',
    edited: '已編輯',
    withdrawn: '這則訊息已收回。',
    attach: '傳送照片或檔案',
    slow: '您傳得有點快。訊息已保留，稍後會自動送出。',
    crowded: '您的網路目前對話較多，我們會繼續嘗試。',
    elsewhere: '這個對話已在其他視窗開啟。',
    here: '在這裡使用',
    large: '檔案最大 10 MB，這個檔案超過了。',
    hollow: '這個檔案是空的。',
    quota: '今天無法再接收檔案，請用文字說明。',
    photo: '照片',
    voice: '語音訊息',
    video: '影片',
    document: '檔案',
    location: '位置',
    contact: '聯絡人',
    sticker: '貼圖',
    other: '檔案',
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
