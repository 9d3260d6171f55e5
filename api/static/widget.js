// Một Cửa: <script src="https://…/widget.js" data-commune="an-tuong"></script> on any page.
// A custom element with a shadow root, no framework, no cookies. Text from the server is only ever set as text.
(() => {
  "use strict";
  // A module has no currentScript; it is found by its address.
  const script = document.currentScript || [...document.scripts].find((one) => /\/widget\.js(\?|$)/.test(one.src));
  const base = new URL(script ? script.src : location.href, location.href);
  const KEEP_HOURS = 24;
  const RETRIES = [1000, 2000, 4000];
  const SILENCE = 30000;
  const LONGEST_WAIT = 15000;
  const CHANGED = "motcua:changed";

  const WORDS = {
    vi: {
      name: "Trợ lý Một Cửa", open: "Hỏi thủ tục", close: "Đóng", ask: "Câu hỏi của ông/bà", send: "Gửi",
      hint: "Ví dụ: làm khai sinh cho con",
      notice: "Trợ lý AI, không phải cán bộ. Xin đừng gửi số căn cước, ảnh giấy tờ.",
      hello: "Xin chào ông/bà! Tôi là trợ lý trí tuệ nhân tạo (AI). Ông/bà cần làm giấy tờ, thủ tục gì?",
      starters: ["Đăng ký khai sinh cần giấy tờ gì?", "Cấp lại thẻ căn cước mất bao lâu?", "Nộp phí, lệ phí trực tuyến thế nào?"],
      follow: ["Cần giấy tờ gì?", "Nộp ở đâu?", "Mất bao lâu?", "Lệ phí bao nhiêu?"],
      sources: "Nguồn", more: "Xem đầy đủ", less: "Thu gọn", officer: "Gặp cán bộ", clear: "Xóa trò chuyện", settings: "Tùy chọn",
      cleared: "Đã xóa cuộc trò chuyện.", working: "Đang tìm trong văn bản…", helped: "Câu trả lời này có giúp được ông/bà không?",
      yes: "Có ích", no: "Chưa được", thanks: "Cảm ơn ông/bà đã góp ý.", lost: "Chưa gửi được góp ý. Ông/bà thử lại sau.", why: "Chưa được ở chỗ nào?",
      reasons: { wrong: "Sai nội dung", incomplete: "Thiếu thông tin", unclear: "Khó hiểu", off_topic: "Không đúng việc tôi hỏi" },
      offline: "Mất kết nối mạng. Câu hỏi sẽ được gửi lại khi có mạng.", again: "Gửi lại",
      failed: "Chưa trả lời được lúc này. Ông/bà thử lại sau ít phút hoặc gọi tổng đài 18001096.",
      busy: "Ông/bà hỏi hơi nhanh. Xin chờ một lát rồi gửi lại.", you: "Ông/bà", me: "Trợ lý", size: "Cỡ chữ", look: "Màu sắc", language: "Ngôn ngữ",
      looks: { auto: "Theo máy", light: "Sáng", dark: "Tối", contrast: "Tương phản cao" }, sizes: { 0: "Vừa", 1: "Lớn", 2: "Rất lớn" },
      talk: "Cuộc trò chuyện", lookup: "Tra cứu thủ tục", suggestions: "Gợi ý", newtab: "mở trang mới", sent: "Gửi lúc",
    },
    en: {
      name: "Một Cửa assistant", open: "Ask about procedures", close: "Close", ask: "Your question", send: "Send",
      hint: "In Vietnamese if you can",
      notice: "An AI assistant, not an officer. Please send no identity numbers.",
      hello: "Hello! I am an artificial intelligence (AI) assistant. Which paper or procedure do you need? Answers are in Vietnamese.",
      starters: ["Đăng ký khai sinh cần giấy tờ gì?", "Cấp lại thẻ căn cước mất bao lâu?", "Nộp phí, lệ phí trực tuyến thế nào?"],
      follow: ["Cần giấy tờ gì?", "Nộp ở đâu?", "Mất bao lâu?", "Lệ phí bao nhiêu?"],
      sources: "Sources", more: "Show all", less: "Show less", officer: "Talk to an officer", clear: "Clear conversation", settings: "Options",
      cleared: "The conversation was cleared.", working: "Searching the documents…", helped: "Did this answer help?",
      yes: "Yes", no: "Not yet", thanks: "Thank you for your feedback.", lost: "The feedback was not sent. Please try again later.", why: "What was wrong?",
      reasons: { wrong: "Wrong", incomplete: "Incomplete", unclear: "Unclear", off_topic: "Not what I asked" },
      offline: "No network. Your question will be sent when you are back online.", again: "Send again",
      failed: "No answer right now. Please try again in a few minutes or call 18001096.",
      busy: "Too many questions at once. Please wait a moment and send again.", you: "You", me: "Assistant", size: "Text size", look: "Colours", language: "Language",
      looks: { auto: "As device", light: "Light", dark: "Dark", contrast: "High contrast" }, sizes: { 0: "Normal", 1: "Large", 2: "Larger" },
      talk: "Conversation", lookup: "Look up procedures", suggestions: "Suggestions", newtab: "opens a new page", sent: "Sent at",
    },
  };

  const STYLE = `
:host{--_ink:var(--motcua-ink,#1b222c);--_soft:var(--motcua-soft,#4a5563);--_paper:var(--motcua-paper,#fff);--_shade:var(--motcua-shade,#f5f2ee);
--_line:var(--motcua-line,#8b95a1);--_hair:var(--motcua-hair,#d9dde2);--_brand:var(--motcua-brand,#9c1c1c);--_on:var(--motcua-on-brand,#fff);
--_focus:var(--motcua-focus,#1a56c4);--_radius:var(--motcua-radius,9.6px);--_size:1;--_scheme:light}
:host(:not([mode=page])){position:fixed}
.launch,.panel{all:initial;box-sizing:border-box}
:host,.launch,.panel{font:calc(17px*var(--_size))/1.55 var(--motcua-font,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif);color:var(--_ink);color-scheme:var(--_scheme)}
:host([data-look=dark]){--_ink:#eef1f4;--_soft:#b8c1cb;--_paper:#14181d;--_shade:#1e242b;--_line:#7d8894;--_hair:#38414b;--_brand:var(--motcua-brand-dark,#ffb0a3);--_on:#2a0703;--_focus:#8ab4ff;--_scheme:dark}
:host([data-look=contrast]){--_ink:#fff;--_soft:#fff;--_paper:#000;--_shade:#000;--_line:#fff;--_hair:#fff;--_brand:#ff0;--_on:#000;--_focus:#0ff;--_scheme:dark}
:host([data-size="1"]){--_size:1.2}:host([data-size="2"]){--_size:1.45}
*{box-sizing:border-box}[hidden]{display:none!important}
button,select,textarea{font:inherit;color:inherit}button{cursor:pointer}
:focus-visible{outline:3px solid var(--_focus);outline-offset:2px}
.launch{position:fixed;right:16px;bottom:calc(16px + var(--_lift,0)*60px);z-index:2147483647;cursor:pointer;display:flex;gap:8.8px;align-items:center;padding:11.2px 17.6px;border:2px solid var(--_on);border-radius:32px;background:var(--_brand);color:var(--_on);font-weight:600;box-shadow:0 3px 14px #0005;min-height:48px}
.launch img,.head img{width:1.7em;height:1.7em;border-radius:.3em}
.panel{display:flex;flex-direction:column;background:var(--_paper);color:var(--_ink);overflow:hidden auto;overflow-wrap:anywhere;min-width:0}
:host(:not([mode=page])) .panel{position:fixed;right:16px;bottom:16px;width:400px;max-width:calc(100vw - 32px);height:min(672px,calc(100dvh - 32px));border:1px solid var(--_line);border-radius:var(--_radius);box-shadow:0 8px 34px #0006;z-index:2147483647}
:host([mode=page]){display:block}
:host([mode=page]) .panel{border:1px solid var(--_line);border-radius:var(--_radius);height:max(416px,calc(100dvh - 208px));scroll-margin:12px}
.head{display:flex;align-items:center;gap:8px;padding:7.2px 9.6px 7.2px 12.8px;background:var(--_brand);color:var(--_on)}
.head h2{font-size:1em;margin:0;flex:1;min-width:0}
.head button{background:none;border:1px solid transparent;border-radius:6.4px;padding:4px 8.8px;min-height:44px;min-width:44px;color:inherit}
.head button:hover{border-color:currentColor}.head :focus-visible{outline-color:var(--_on)}
.options{padding:9.6px 12.8px;background:var(--_shade);border-bottom:1px solid var(--_hair);display:grid;grid-template-columns:auto 1fr;gap:6.4px 11.2px;align-items:center}
.options select{padding:5.6px;border:1px solid var(--_line);border-radius:5.6px;background:var(--_paper);min-height:44px;width:100%;min-width:0}
.options .row{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:6.4px}
.talk{flex:1;overflow-y:auto;padding:12.8px;display:flex;flex-direction:column;gap:12.8px;overscroll-behavior:contain;min-height:9em}
.talk:focus-visible{outline-offset:-3px}.head{position:sticky;top:0;z-index:1}
.head,.options,.ask,.notice{flex:none}
.said{border:1px solid var(--_hair);border-radius:var(--_radius);padding:9.6px 12.8px;max-width:100%}
.said.you{align-self:flex-end;background:var(--_shade);max-width:88%}.said.it{align-self:stretch}
.text{white-space:pre-line;margin:0}.text a{color:var(--_brand);text-decoration:none;font-size:.85em;font-weight:600;padding:.45em .3em}.text a:hover{text-decoration:underline}
.note{color:var(--_soft);font-size:.88em;margin:5.6px 0 0}.notice{margin:0;padding:5.6px 12.8px 8.8px;color:var(--_soft);font-size:.82em;line-height:1.4}
.chips{display:flex;flex-wrap:wrap;gap:6.4px;margin-top:9.6px;padding:0;list-style:none}
.chip{border:1px solid var(--_brand);color:var(--_brand);background:var(--_paper);border-radius:19.2px;padding:5.6px 12.8px;text-align:left;min-height:44px;max-width:100%}
.chip:hover{background:var(--_shade)}.chip[aria-pressed=true]{background:var(--_brand);color:var(--_on)}
.choices .chip{border-radius:8px;width:100%}
.sources{margin:11.2px 0 0}.sources h3{font-size:.88em;margin:0 0 4.8px;color:var(--_soft)}
.cards{list-style:none;margin:0;padding:0;display:grid;gap:5.6px}
.card{display:grid;grid-template-columns:auto 1fr;gap:1.6px 8.8px;padding:7.2px 9.6px;border:1px solid var(--_hair);border-left:4px solid var(--_brand);border-radius:5.6px;color:inherit;text-decoration:none;font-size:.9em;line-height:1.4}
.card:hover{background:var(--_shade)}.card b{color:var(--_brand)}.card i{grid-column:2;font-style:normal;color:var(--_soft)}
.judge{display:flex;flex-wrap:wrap;gap:6.4px;align-items:center;margin-top:9.6px;padding-top:8px;border-top:1px solid var(--_hair);font-size:.88em}
.judge .q{flex:1 1 100%}.judge .chip{display:inline-flex;gap:6.4px;align-items:center}.thumb{width:1.1em;height:1.1em;fill:currentColor}
.ask{border-top:1px solid var(--_hair);padding:9.6px 12.8px 3.2px;display:grid;grid-template-columns:1fr auto;gap:2.4px 8px;align-items:end}
.ask label{grid-column:1/-1;font-size:.88em;font-weight:600}
.ask textarea{resize:none;border:1px solid var(--_line);border-radius:6.4px;padding:8px 9.6px;background:var(--_paper);max-height:128px;min-height:46px;width:100%;min-width:0}
.ask textarea::placeholder{color:var(--_soft);opacity:1;white-space:nowrap}
.ask button{background:var(--_brand);color:var(--_on);border:1px solid var(--_brand);border-radius:6.4px;padding:6.4px 16px;min-height:46px;font-weight:600}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.wait::after{content:"";display:inline-block;width:1.2em;text-align:left;animation:dots 1.2s steps(4) infinite}
@keyframes dots{0%{content:""}25%{content:"·"}50%{content:"··"}75%{content:"···"}}
@media(prefers-reduced-motion:reduce){.wait::after{animation:none;content:"…"}}
@media(max-width:30em){:host(:not([mode=page])) .panel{inset:0;width:100%;max-width:none;height:100dvh;border:0;border-radius:0}:host([mode=page]) .panel{height:max(352px,calc(100dvh - 32px))}}
@media(forced-colors:active){.launch,.chip,.said,.card{border:1px solid ButtonText}}
@media print{:host{position:static!important}.launch,.ask,.options,.judge,.chips,.notice{display:none!important}:host .panel{position:static!important;height:auto!important}.talk{overflow:visible}}`;

  const make = (tag, className, text, attributes = {}) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const thumb = (label, turn) => {
    const button = make("button", "chip", undefined, { type: "button", title: label });
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", "thumb"], ["aria-hidden", "true"]]) picture.setAttribute(key, value);
    path.setAttribute("d", "M3 10h4v11H3zM9 21V10l4-8c2 0 3 1 3 3l-1 4h5c1 0 2 1 2 2l-2 8c0 1-1 2-2 2z");
    if (turn) path.setAttribute("transform", turn);
    picture.append(path);
    button.append(picture, label);
    return button;
  };
  const fresh = () => ({ id: null, said: [], open: false, at: Date.now() });
  const name = () => Math.random().toString(36).slice(2) + Date.now().toString(36);
  const floating = () => [...document.querySelectorAll("mot-cua:not([mode=page])")];
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const safe = (address) => {
    try {
      const url = new URL(address, base);
      return /^https?:$/.test(url.protocol) ? url.href : null;
    } catch {
      return null;
    }
  };

  // What was said lies in localStorage for a day: it outlives page changes and restarts, and all tabs see the same.
  // Where storage is switched off or full, the page remembers by itself.
  const kept = new Map();
  const isFresh = (state) => state && Array.isArray(state.said) && Date.now() - state.at < KEEP_HOURS * 3600e3;
  class Memory {
    constructor(commune) {
      this.key = `motcua:${base.host}:${commune || "*"}`;
    }
    read() {
      let found = kept.get(this.key);
      try {
        found = found || JSON.parse(localStorage.getItem(this.key));
      } catch (error) {
        console.debug("motcua", error);
      }
      return isFresh(found) ? found : fresh();
    }
    change(edit) {
      const state = this.read();
      edit(state);
      state.said = state.said.slice(-60);
      state.at = Date.now();
      try {
        localStorage.setItem(this.key, JSON.stringify(state));
        if (localStorage.getItem(this.key)) kept.delete(this.key);
      } catch (error) {
        kept.set(this.key, state);
        console.debug("motcua", error);
      }
      dispatchEvent(new CustomEvent(CHANGED, { detail: this.key }));
      return state;
    }
    taste(values) {
      try {
        if (values) localStorage.setItem("motcua:taste", JSON.stringify(values));
        return JSON.parse(localStorage.getItem("motcua:taste")) || {};
      } catch {
        return values || {};
      }
    }
  }

  class Refused extends Error {
    constructor(status, wait) {
      super(`HTTP ${status}`);
      this.status = status;
      this.wait = wait;
    }
  }

  const checked = (result) => {
    if (!result || typeof result.text !== "string" || typeof result.conversation_id !== "string") throw new TypeError("this is no answer");
    return result;
  };

  // Reads the answer as events; whoever does not stream (a proxy, an old browser) gives plain JSON.
  async function answer(body, hear) {
    const stop = new AbortController();
    let timer = setTimeout(() => stop.abort(), SILENCE);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), SILENCE);
    };
    try {
      const response = await fetch(new URL("/v1/chat", base), {
        method: "POST", credentials: "omit", signal: stop.signal,
        headers: { "Content-Type": "application/json", Accept: body.plain ? "application/json" : "text/event-stream" },
        body: JSON.stringify({ question: body.question, commune: body.commune, conversation_id: body.conversation_id }),
      });
      if (!response.ok) throw new Refused(response.status, Number(response.headers.get("Retry-After")) || 0);
      if (!(response.headers.get("Content-Type") || "").startsWith("text/event-stream") || !response.body) return checked(await response.json());
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let buffer = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) throw new TypeError("the stream ended early");
        alive();
        buffer += value;
        const events = buffer.split("\n\n");
        buffer = events.pop();
        for (const event of events) {
          const lines = event.split("\n");
          const kind = (lines.find((line) => line.startsWith("event: ")) || "").slice(7);
          const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
          if (kind === "done") return checked(JSON.parse(data));
          if (kind) hear(kind, JSON.parse(data));
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  class MotCua extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.commune = this.dataset.commune || null;
      this.memory = new Memory(this.commune);
      this.whole = this.getAttribute("mode") === "page";
      this.taste = this.memory.taste();
      this.busy = new Map();
      this.drawn = new Map();
      this.unfolded = new Set();
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      // What is typed here is no shortcut of the page around.
      for (const kind of ["keydown", "keypress", "keyup"]) root.addEventListener(kind, (event) => event.stopPropagation());
      this.lift = this.whole ? 0 : floating().indexOf(this);
      this.style.setProperty("--_lift", this.lift);
      this.narrow = matchMedia("(max-width:30em)");
      this.dark = matchMedia("(prefers-color-scheme: dark)");
      this.strong = matchMedia("(prefers-contrast: more)");
      for (const query of [this.dark, this.strong]) query.addEventListener("change", () => this.dress());
      this.build();
      addEventListener("storage", (event) => {
        if (event.key === this.memory.key) this.draw(this.memory.read());
      });
      addEventListener(CHANGED, (event) => {
        if (event.detail === this.memory.key) this.draw(this.memory.read());
      });
      addEventListener("pageshow", (event) => {
        if (!event.persisted) return;
        this.draw(this.memory.read());
        this.resume();
      });
      addEventListener("online", () => this.resume());
      this.resume();
    }

    get w() {
      return WORDS[this.language];
    }

    get language() {
      const wanted = this.taste.language || this.dataset.lang || "vi";
      return wanted === "en" ? "en" : "vi";
    }

    dress() {
      const look = this.taste.look || "auto";
      const auto = this.strong.matches ? "contrast" : this.dark.matches ? "dark" : "light";
      this.dataset.look = look === "auto" ? auto : look;
      this.dataset.size = this.taste.size || "0";
    }

    build() {
      const w = this.w;
      const root = this.shadowRoot;
      const draft = this.field ? this.field.value : "";
      root.replaceChildren();
      this.drawn.clear();
      this.dress();
      this.lang = this.language;
      const logo = safe(this.dataset.logo || "/static/mark.svg");
      const emblem = () => make("img", "", undefined, { src: logo, alt: "" });

      this.launch = make("button", "launch", undefined, { type: "button", "aria-expanded": "false" });
      this.launch.append(emblem(), make("span", "", this.dataset.label || w.open));
      this.launch.addEventListener("click", () => this.show(true));

      this.panel = make("section", "panel", undefined, { role: this.whole ? "region" : "dialog", "aria-label": w.name });
      const head = make("div", "head");
      this.gear = make("button", "", "⚙", { type: "button", "aria-label": w.settings, "aria-expanded": "false" });
      this.gear.addEventListener("click", () => {
        this.options.hidden = !this.options.hidden;
        this.gear.setAttribute("aria-expanded", String(!this.options.hidden));
      });
      head.append(emblem(), make("h2", "", this.dataset.title || w.name), this.gear);
      if (!this.whole) {
        const close = make("button", "", "✕", { type: "button", "aria-label": w.close });
        close.addEventListener("click", () => this.show(false));
        head.append(close);
      }
      this.options = this.buildOptions();
      this.talk = make("div", "talk", undefined, { role: "region", "aria-label": w.talk, tabindex: "0" });
      this.voice = make("p", "sr", "", { role: "status", "aria-live": "polite", "aria-atomic": "true" });
      this.panel.append(head, this.options, this.talk, this.buildForm(draft), make("p", "notice", w.notice), this.voice);
      this.panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !this.whole && !event.isComposing) this.show(false);
        if (event.key === "Tab" && !this.whole && this.narrow.matches) this.turn(event);
      });
      root.append(...(this.whole ? [] : [this.launch]), this.panel);
      const state = this.memory.read();
      this.panel.hidden = !this.whole && !(state.open && this.lift === 0);
      this.launch.hidden = !this.panel.hidden;
      this.draw(state);
    }

    buildOptions() {
      const w = this.w;
      const box = make("div", "options");
      box.hidden = true;
      const choose = (label, key, values, now) => {
        const field = make("select", "", undefined, { id: `o-${key}` });
        for (const [value, text] of Object.entries(values)) field.append(new Option(text, value, false, value === now));
        field.addEventListener("change", () => {
          this.taste = this.memory.taste({ ...this.taste, [key]: field.value });
          if (key === "language") {
            this.build();
            this.gear.click();
            this.shadowRoot.getElementById("o-language").focus();
          } else this.dress();
        });
        box.append(make("label", "", label, { for: `o-${key}` }), field);
      };
      choose(w.size, "size", w.sizes, this.taste.size || "0");
      choose(w.look, "look", w.looks, this.taste.look || "auto");
      choose(w.language, "language", { vi: "Tiếng Việt", en: "English" }, this.language);
      const row = make("div", "row");
      const officer = make("button", "chip", w.officer, { type: "button" });
      officer.addEventListener("click", () => this.ask("gặp cán bộ"));
      const clear = make("button", "chip", w.clear, { type: "button" });
      clear.addEventListener("click", () => this.clear());
      const lookup = make("a", "chip", w.lookup, { href: this.place("/thu-tuc"), ...(this.whole ? {} : { target: "_blank", rel: "noopener" }) });
      row.append(officer, clear, lookup);
      box.append(row);
      return box;
    }

    buildForm(draft) {
      const w = this.w;
      const form = make("form", "ask");
      this.field = make("textarea", "", undefined, { id: "q", rows: "1", maxlength: "2000", placeholder: w.hint, enterkeyhint: "send", autocomplete: "off" });
      this.field.value = draft;
      // Enter ends a syllable while a Vietnamese input method is composing; only then it must not send.
      this.field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        form.requestSubmit();
      });
      this.field.addEventListener("input", () => {
        this.field.style.height = "auto";
        this.field.style.height = `${this.field.scrollHeight + 2}px`;
      });
      form.append(make("label", "", w.ask, { for: "q" }), this.field, make("button", "", w.send, { type: "submit" }));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const question = this.field.value.normalize("NFC").trim();
        if (!question) return this.field.focus();
        this.field.value = "";
        this.field.style.height = "auto";
        this.ask(question);
      });
      return form;
    }

    fold(open) {
      this.panel.hidden = !open;
      this.launch.hidden = open;
      this.launch.setAttribute("aria-expanded", String(open));
      this.panel.setAttribute("aria-modal", String(this.narrow.matches));
    }

    show(open) {
      if (open) for (const other of floating()) if (other !== this && other.panel) other.fold(false);
      this.fold(open);
      this.memory.change((state) => (state.open = open));
      if (open) {
        this.talk.scrollTop = this.talk.scrollHeight;
        this.settle();
      } else this.launch.focus();
    }

    // On a phone the field would call up the keyboard, which hides what there is to read.
    settle() {
      (matchMedia("(pointer:coarse)").matches ? this.talk : this.field).focus({ preventScroll: true });
    }

    // The panel covers a narrow screen: what lies under it is not reached with Tab.
    turn(event) {
      const stops = [...this.panel.querySelectorAll("button,a[href],select,textarea,[tabindex='0']")].filter((node) => node.getClientRects().length);
      const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (this.shadowRoot.activeElement !== edge) return;
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
    }

    ask(question) {
      const key = name();
      const state = this.memory.change((all) => all.said.push({ key, question, at: Date.now() }));
      this.draw(state);
      this.send(key);
      this.settle();
      if (this.whole) this.panel.scrollIntoView({ block: "nearest" });
    }

    // Questions without an answer are asked again after a reload, a lost network or a restart of the server.
    resume() {
      for (const one of this.memory.read().said) {
        if (!one.answer && !one.failed && Date.now() - one.at < 3600e3) this.send(one.key);
        else if (one.failed === "offline") this.send(one.key);
        else if (!one.answer && !one.failed) this.update(one.key, { failed: "failed" });
      }
    }

    // One question of a conversation after the other, in whichever tab it was asked: the next may build on the last.
    async send(key) {
      if (this.busy.has(key)) return;
      const stop = new AbortController();
      this.busy.set(key, stop);
      this.update(key, { failed: null });
      const given = new Promise((done) => stop.signal.addEventListener("abort", done));
      let begun = false;
      const work = () => {
        begun = true;
        return Promise.race([this.deliver(key, stop), given]);
      };
      try {
        await navigator.locks.request(this.memory.key, work);
      } catch (error) {
        console.debug("motcua", error);
        if (!begun) await work(); // Locks are missing on http pages and in sandboxed frames.
      }
      this.busy.delete(key);
    }

    async deliver(key, stop) {
      const { id, said } = this.memory.read();
      const one = said.find((other) => other.key === key);
      if (!one || one.answer || one.failed) return; // Cleared, or done by another tab.
      let heard = "";
      const hear = (kind, data) => {
        if (kind === "delta") heard += data.text;
        this.stream(key, heard, kind === "status" ? data.text : null);
      };
      let failed = "failed";
      for (let tries = 0; tries <= RETRIES.length && !stop.signal.aborted; tries++) {
        heard = "";
        try {
          const result = await answer({ question: one.question, commune: this.commune, conversation_id: id, plain: tries > 1 }, hear);
          if (!this.update(key, { answer: result, failed: null }, result.conversation_id)) return this.forget(result.conversation_id);
          this.say(`${this.w.me}: ${result.text.replace(/ ?\[\d+\]/g, "")}`, "vi");
          return;
        } catch (error) {
          console.debug("motcua", error);
          if (error.status === 429) failed = "busy";
          const hopeless = error.status ? error.status < 500 : error.name === "AbortError" && tries > 0;
          if (hopeless || tries === RETRIES.length) break;
          if (!navigator.onLine) {
            failed = "offline";
            break;
          }
          await pause(Math.min(LONGEST_WAIT, Math.max(RETRIES[tries], 1000 * (error.wait || 0))));
        }
      }
      if (this.update(key, { failed })) this.say(this.w[failed]);
    }

    say(text, lang = this.language) {
      this.voice.lang = lang;
      this.voice.textContent = text;
    }

    // False where the question is there no longer.
    update(key, values, id) {
      let one;
      this.draw(this.memory.change((state) => {
        one = state.said.find((other) => other.key === key);
        if (one) Object.assign(one, values);
        if (one && id) state.id = id;
      }));
      return Boolean(one);
    }

    clear() {
      const { id } = this.memory.read();
      for (const stop of this.busy.values()) stop.abort();
      this.draw(this.memory.change((state) => Object.assign(state, { id: null, said: [] })));
      this.options.hidden = true;
      this.gear.setAttribute("aria-expanded", "false");
      this.say(this.w.cleared);
      this.settle();
      if (id) this.forget(id);
    }

    async forget(id) {
      try {
        await fetch(new URL(`/v1/chat/${encodeURIComponent(id)}`, base), { method: "DELETE", credentials: "omit" });
      } catch (error) {
        console.debug("motcua", error); // It is forgotten by itself after a day.
      }
    }

    draw(state) {
      const known = new Set(state.said.map((one) => one.key));
      for (const [key, drawn] of this.drawn) {
        if (!known.has(key)) {
          drawn.node.remove();
          this.drawn.delete(key);
        }
      }
      if (!this.greeting || !this.talk.contains(this.greeting)) {
        this.greeting = make("article", "said it");
        this.greeting.append(make("p", "text", this.w.hello), this.chips(this.w.starters));
        this.talk.prepend(this.greeting);
      }
      this.greeting.querySelector(".chips").hidden = state.said.length > 0;
      let grown = false;
      state.said.forEach((one, index) => {
        const last = index === state.said.length - 1;
        const look = JSON.stringify([{ ...one, judged: 0 }, last]);
        const before = this.drawn.get(one.key);
        const judge = before && one.judged && before.node.querySelector(".judge:not(.done)");
        if (judge) judge.replaceWith(this.judge(one));
        if (before && before.look === look) return;
        const node = this.exchange(one, last);
        if (before) before.node.replaceWith(node);
        else this.talk.append(node);
        this.drawn.set(one.key, { node, look });
        grown = last;
      });
      if (grown) this.follow();
    }

    follow() {
      // A long answer is read from its question on; otherwise the end of the conversation shows.
      const asked = this.talk.lastElementChild.querySelector(".you");
      if (!asked) return;
      const top = asked.getBoundingClientRect().top - this.talk.getBoundingClientRect().top + this.talk.scrollTop - 8;
      this.talk.scrollTop = Math.min(top, this.talk.scrollHeight);
    }

    stream(key, text, status) {
      const drawn = this.drawn.get(key);
      const node = drawn && drawn.node.querySelector(".it .text");
      if (!node) return;
      if (text) node.textContent = text;
      else if (status) node.textContent = this.language === "vi" ? status : this.w.working;
      this.follow();
    }

    exchange(one, last) {
      const w = this.w;
      const box = make("div", "pair");
      box.style.display = "contents";
      const mine = make("article", "said you");
      mine.append(make("h3", "sr", w.you), make("p", "text", one.question));
      const its = make("article", "said it");
      its.append(make("h3", "sr", w.me));
      box.append(mine, its);
      if (one.answer) this.fill(its, one, last);
      else if (one.failed) {
        its.append(make("p", "text", w[one.failed] || w.failed));
        const again = make("button", "chip", w.again, { type: "button" });
        again.addEventListener("click", () => {
          this.send(one.key);
          this.settle();
        });
        its.append(again);
      } else its.append(make("p", "text wait", w.working));
      return box;
    }

    fill(its, one, last) {
      const w = this.w;
      const { answer: result } = one;
      const citations = Array.isArray(result.citations) ? result.citations : [];
      const text = make("p", "text", undefined, { lang: "vi" });
      const labels = (result.options || []).map((option) => option.label);
      // Channels without buttons need the numbered lines; here the buttons below say the same.
      const lines = String(result.text).split("\n").filter((line) => !labels.includes(line.replace(/^\d+\. /, "")));
      this.write(text, lines.join("\n"), citations);
      its.append(text);
      if (result.more) {
        const button = make("button", "chip", "", { type: "button" });
        const turn = () => {
          const opened = this.unfolded.has(one.key);
          button.setAttribute("aria-expanded", String(opened));
          button.textContent = opened ? w.less : w.more;
          this.write(text, opened ? result.more : lines.join("\n"), citations);
        };
        button.addEventListener("click", () => {
          if (!this.unfolded.delete(one.key)) this.unfolded.add(one.key);
          turn();
        });
        turn();
        its.append(button);
      }
      if (last && result.options && result.options.length) its.append(this.chips(labels, "choices"));
      if (citations.length) its.append(this.sources(citations));
      if (last && result.status === "answered" && result.procedure) its.append(this.chips(w.follow));
      if (["answered", "no_answer"].includes(result.status)) its.append(this.judge(one));
      its.dataset.done = result.status;
    }

    // A page of the server, from which the way back leads to this conversation.
    place(address) {
      const found = safe(address);
      const url = found && new URL(found);
      if (!url || url.origin !== base.origin) return found;
      url.searchParams.set("xa", this.commune || "");
      if (this.language === "en") url.searchParams.set("lang", "en");
      if (url.pathname.startsWith("/c/")) url.hash = "trich";
      return url.href;
    }

    // "[1]" becomes a link to its citation page; everything stays text.
    write(node, text, citations) {
      node.replaceChildren();
      for (const piece of String(text).split(/(\[\d+\])/)) {
        const found = /^\[(\d+)\]$/.exec(piece);
        const citation = found && citations.find((other) => other.n === Number(found[1]));
        const address = citation && this.place(citation.url);
        if (!address) node.append(piece);
        else node.append(make("a", "", piece, { href: address, target: "_blank", rel: "noopener", "aria-label": `${this.w.sources} ${citation.n}, ${this.w.newtab}` }));
      }
    }

    sources(citations) {
      const box = make("div", "sources");
      const list = make("ol", "cards", undefined, { lang: "vi" });
      for (const citation of citations) {
        const item = make("li");
        const address = this.place(citation.url);
        const card = make(address ? "a" : "div", "card", undefined, address ? { href: address, target: "_blank", rel: "noopener" } : {});
        card.append(make("b", "", `[${citation.n}]`), make("span", "", citation.title), make("i", "", citation.path));
        item.append(card);
        list.append(item);
      }
      box.append(make("h3", "", this.w.sources), list);
      return box;
    }

    chips(labels, kind = "") {
      const list = make("ul", `chips ${kind}`, undefined, { "aria-label": this.w.suggestions });
      for (const label of labels) {
        const item = make("li");
        if (kind) item.style.width = "100%";
        const button = make("button", "chip", label, { type: "button", lang: "vi" });
        button.addEventListener("click", () => this.ask(label));
        item.append(button);
        list.append(item);
      }
      return list;
    }

    judge(one) {
      const w = this.w;
      const box = make("div", "judge", undefined, { role: "group", "aria-label": w.helped });
      if (one.judged) {
        box.classList.add("done");
        box.append(make("span", "q", w.thanks, { tabindex: "-1" }));
        return box;
      }
      const give = async (values) => {
        const code = one.answer.procedure ? one.answer.procedure.code : null;
        try {
          const response = await fetch(new URL("/v1/feedback", base), {
            method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ ...values, procedure_code: code, commune: this.commune }),
          });
          if (!response.ok) throw new Refused(response.status);
        } catch (error) {
          console.debug("motcua", error);
          box.querySelector(".q").textContent = w.lost;
          return this.say(w.lost);
        }
        this.update(one.key, { judged: true });
        this.say(w.thanks);
        const { node } = this.drawn.get(one.key) || {};
        if (node) node.querySelector(".judge .q").focus({ preventScroll: true });
      };
      const up = thumb(w.yes, "");
      const down = thumb(w.no, "rotate(180 12 12)");
      up.addEventListener("click", () => give({ helpful: true }));
      down.addEventListener("click", () => {
        const reasons = Object.entries(w.reasons).map(([reason, label]) => {
          const button = make("button", "chip", label, { type: "button" });
          button.addEventListener("click", () => give({ helpful: false, reason }));
          return button;
        });
        box.replaceChildren(make("span", "q", w.why), ...reasons);
        reasons[0].focus();
        box.scrollIntoView({ block: "nearest" });
      });
      box.append(make("span", "q", w.helped), up, down);
      return box;
    }
  }

  if (!customElements.get("mot-cua")) customElements.define("mot-cua", MotCua);
  if (script && !("inline" in script.dataset)) {
    const place = () => {
      const commune = script.dataset.commune || "";
      if ([...document.querySelectorAll("mot-cua")].some((other) => (other.dataset.commune || "") === commune)) return;
      const element = document.createElement("mot-cua");
      Object.assign(element.dataset, script.dataset);
      document.body.append(element);
    };
    if (document.body) place();
    else addEventListener("DOMContentLoaded", place);
  }
})();
