namespace Crm.Host.Reports;

/// <summary>The report's one style sheet: light, dark and paper. Series colours are Okabe and Ito's, told apart by colour-blind eyes.</summary>
internal static class ReportStyle
{
    public const int Colours = 8;

    public const string Css =
        """
        :root { color-scheme: light dark; --onbar:#fff; --ground:#fbfbf9; --card:#ffffff; --ink:#1b1f24; --soft:#5d6670; --line:#dcdfe3; --grid:#e9ebee;
          --good:#0b7a4b; --goodbg:#e3f4ea; --warn:#8a5a00; --warnbg:#fdf1d7; --bad:#b3261e; --badbg:#fbe4e2; --accent:#0b5cab;
          --c0:#009e73; --c1:#0072b2; --c2:#d55e00; --c3:#cc79a7; --c4:#b58900; --c5:#3aa0dc; --c6:#6b6f76; --c7:#7a4fbf; }
        @media (prefers-color-scheme: dark) { :root { --onbar:#101214; --ground:#14171a; --card:#1c2024; --ink:#e8eaed; --soft:#a3abb4; --line:#363c43; --grid:#2a2f35;
          --good:#5fd39a; --goodbg:#12352a; --warn:#f0c062; --warnbg:#3a2d0e; --bad:#ff8a80; --badbg:#431a18; --accent:#7fb8f5;
          --c0:#2cc196; --c1:#4aa8e0; --c2:#f08a3c; --c3:#e39cc4; --c4:#e2c044; --c5:#8fd0f5; --c6:#a6abb2; --c7:#b394ea; } }
        @page { size: A4; margin: 14mm; }
        * { box-sizing:border-box; }
        body { margin:0; background:var(--ground); color:var(--ink); font:15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
        main { max-width:1120px; margin:0 auto; padding:28px 24px 64px; }
        h1 { font-size:27px; line-height:1.2; margin:0; letter-spacing:-.01em; } h2 { font-size:19px; margin:40px 0 4px; } h3 { font-size:15px; margin:22px 0 6px; }
        p { margin:4px 0 10px; } .soft { color:var(--soft); } .small { font-size:13px; } a { color:var(--accent); } code { font:13px ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap:anywhere; }
        .twin { display:inline-block; border:1.5px dashed var(--accent); color:var(--accent); border-radius:6px; padding:1px 9px; font-weight:600; font-size:13px; letter-spacing:.04em; }
        .verdict { border-radius:10px; padding:14px 18px; margin:18px 0 14px; border-left:6px solid; }
        .verdict b { font-size:19px; } .verdict ul { list-style:none; margin:8px 0 0; padding:0; display:grid; grid-template-columns:repeat(auto-fit,minmax(440px,1fr)); gap:2px 24px; }
        .good { background:var(--goodbg); border-color:var(--good); } .warn { background:var(--warnbg); border-color:var(--warn); } .bad { background:var(--badbg); border-color:var(--bad); }
        .is-good { color:var(--good); } .is-warn { color:var(--warn); } .is-bad { color:var(--bad); } .is-good, .is-warn, .is-bad { font-weight:600; white-space:nowrap; }
        .tiles { display:grid; grid-template-columns:repeat(auto-fit,minmax(162px,1fr)); gap:12px; }
        .tile { background:var(--card); border:1px solid var(--line); border-radius:10px; padding:10px 12px; } .tile .name { color:var(--soft); font-size:13px; }
        .tile .value { font-size:17px; font-weight:650; font-variant-numeric:tabular-nums; line-height:1.25; white-space:nowrap; } .tile .note { color:var(--soft); font-size:12.5px; }
        table { border-collapse:collapse; width:100%; margin:8px 0; font-variant-numeric:tabular-nums; font-size:14px; }
        th { text-align:left; font-weight:600; color:var(--soft); font-size:12.5px; border-bottom:1.5px solid var(--line); padding:4px 10px 4px 0; vertical-align:bottom; }
        td { border-bottom:1px solid var(--grid); padding:5px 10px 5px 0; vertical-align:top; } td.n, th.n { text-align:right; white-space:nowrap; } td.mid { vertical-align:middle; padding-top:2px; padding-bottom:2px; }
        thead { display:table-header-group; } .scroll { overflow-x:auto; } figure { margin:10px 0; } figcaption { color:var(--soft); font-size:13px; margin-top:2px; }
        svg { display:block; width:100%; height:auto; } svg text { fill:var(--ink); font:12px system-ui, "DejaVu Sans", sans-serif; } svg .axis { fill:var(--soft); font-size:11.5px; } svg .in { font-size:11px; }
        svg .grid { stroke:var(--grid); } svg .frame { stroke:var(--line); fill:none; } svg .trace { fill:none; stroke-width:1.5; stroke-linejoin:round; }
        .legend { display:flex; flex-wrap:wrap; gap:2px 16px; font-size:13px; } .legend i { display:inline-block; width:14px; height:10px; border-radius:2px; margin-right:6px; }
        ul.doubts { margin:6px 0; padding-left:20px; } details summary { cursor:pointer; color:var(--accent); font-size:13.5px; margin:6px 0; } nav { font-size:13.5px; margin:14px 0 0; } nav a { margin-right:14px; text-decoration:none; }
        .two { display:grid; grid-template-columns:repeat(auto-fit,minmax(420px,1fr)); gap:0 36px; } dl { display:grid; grid-template-columns:max-content 1fr; gap:3px 16px; margin:8px 0; font-size:14px; } dt { color:var(--soft); } dd { margin:0; }
        footer { margin-top:44px; border-top:1px solid var(--line); padding-top:10px; color:var(--soft); font-size:12.5px; }
        @media print { :root { color-scheme: light; --onbar:#fff; --ground:#fff; --card:#fff; --ink:#000; --soft:#444; --line:#bbb; --grid:#ddd;
          --good:#0b7a4b; --goodbg:#e3f4ea; --warn:#8a5a00; --warnbg:#fdf1d7; --bad:#b3261e; --badbg:#fbe4e2; --accent:#0b5cab;
          --c0:#009e73; --c1:#0072b2; --c2:#d55e00; --c3:#cc79a7; --c4:#b58900; --c5:#3aa0dc; --c6:#6b6f76; --c7:#7a4fbf; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } main { max-width:none; padding:0; } body { font-size:11px; } h1 { font-size:20px; } h2 { font-size:15px; margin-top:24px; } h3 { font-size:12px; }
          table { font-size:10px; } th { font-size:9.5px; white-space:normal !important; } td, th { padding-right:6px; } td svg { max-width:130px; } .scroll { overflow:visible; break-inside:avoid; }
          .small, .legend, figcaption, .tile .name, .tile .note { font-size:9.5px; } .tile { padding:6px 8px; } .tile .value { font-size:12.5px; } .tiles { grid-template-columns:repeat(6,1fr); gap:6px; } .verdict b { font-size:14px; } .two { grid-template-columns:1fr 1fr; gap:0 20px; }
          h2 { break-after:avoid; } tr, figure, .tile, .verdict { break-inside:avoid; } nav { display:none; } }
        """;
}
