using System.Diagnostics;

namespace EOrda.Actors.Sqlite.Tests;

/// <summary>A disk in memory that a test can fill. Needs the right to mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("eorda-disk-");

    public SmallDisk(int megabytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", Path) == 0)
            return;
        _directory.Delete();
        throw new InvalidOperationException("A tmpfs cannot be mounted here.");
    }

    public string Path => _directory.FullName;

    public static bool IsPossible()
    {
        try
        {
            new SmallDisk(megabytes: 1).Dispose();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public void Resize(int megabytes) => Assert.Equal(0, Run("mount", "-o", $"remount,size={megabytes}m", Path));

    public void MakeReadOnly() => Assert.Equal(0, Run("mount", "-o", "remount,ro", Path));

    public void Dispose()
    {
        Assert.Equal(0, Run("umount", Path));
        _directory.Delete();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), program);
        errors.GetAwaiter().GetResult();
        return process.ExitCode;
    }
}

/// <summary>A test on a <see cref="SmallDisk"/>, skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithSmallDiskAttribute : FactAttribute
{
    private static readonly bool _isPossible = SmallDisk.IsPossible();

    public FactWithSmallDiskAttribute()
    {
        if (!_isPossible)
            Skip = "Needs the right to mount a tmpfs.";
    }
}
