using EOrda.Model;

return args switch
{
    ["replay", var file] => Tool.Replay(file),
    ["check", var file, var expected] => Tool.Check(file, expected),
    ["generate", .. var options] => Tool.Generate(options),
    ["stats", .. var files] when files.Length > 0 => Tool.Stats(files),
    _ => Tool.Usage(),
};
