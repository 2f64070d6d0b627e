using System.Diagnostics;

namespace EOrda.Cli.Tests;

/// <summary>The program <c>eorda</c> as a process of its own, in a directory that is gone after the test.</summary>
public sealed class Eorda : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-cli-");

    public string Path(string name) => System.IO.Path.Combine(directory.FullName, name);

    /// <summary>Writes a file of lines, each ended.</summary>
    public string Write(string name, params IEnumerable<string> lines)
    {
        File.WriteAllText(Path(name), string.Concat(lines.Select(line => $"{line}\n")));
        return name;
    }

    public ProgramEnd Run(params IEnumerable<string> arguments)
    {
        var program = System.IO.Path.Combine(AppContext.BaseDirectory, "eorda.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            WorkingDirectory = directory.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), "eorda does not end");
        return new ProgramEnd(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    public void Dispose() => directory.Delete(recursive: true);
}

/// <summary>How a program ended.</summary>
public sealed record ProgramEnd(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines on standard output.</summary>
    public IReadOnlyList<string> Lines => Output.Length == 0 ? [] : Output.TrimEnd('\n').Split('\n');
}
