using System.CommandLine;
var root = new RootCommand("x");
var c = new Command("run", "y");
var a = new Argument<string>("RECIPE") { Description = "d" };
var o = new Option<int>("--seed") { Description = "s", DefaultValueFactory = _ => 1 };
c.Arguments.Add(a); c.Options.Add(o);
c.SetAction(p => { Console.WriteLine(p.GetValue(a)); return p.GetValue(o); });
root.Subcommands.Add(c);
return root.Parse(args).Invoke();
