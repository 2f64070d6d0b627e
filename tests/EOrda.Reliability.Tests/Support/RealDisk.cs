using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EOrda.Reliability.Tests.Support;

/// <summary>
/// An ext4 of fixed size in a file, mounted by a loop device. Linux makes no file system read-only in which somebody has a file open for writing, so a
/// portal that runs meets it in two ways: its files are made immutable and changeable again (<see cref="Forbid"/>, <see cref="Allow"/>); or the kernel
/// finds the file system broken and lets nothing more be written to it (<see cref="Break"/>) until it was unmounted and checked (<see cref="Mend"/>).
/// </summary>
internal sealed partial class RealDisk : IDisposable
{
    private const int CheckedAndMended = 1;

    private readonly DirectoryInfo parent = Directory.CreateTempSubdirectory("eorda-ext4-");
    private bool isMounted;

    /// <summary>Makes and mounts it.</summary>
    /// <exception cref="InvalidOperationException">That is not possible here.</exception>
    public RealDisk(int megabytes)
    {
        using (var image = File.Create(Image))
        {
            image.SetLength(megabytes * 1024L * 1024);
        }

        Directory.CreateDirectory(Path);
        if (Run("mkfs.ext4", "-q", Image) == 0 && Mount())
        {
            return;
        }

        Dispose();
        throw new InvalidOperationException("An ext4 cannot be mounted here.");
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => System.IO.Path.Combine(parent.FullName, "disk");

    private string Image => System.IO.Path.Combine(parent.FullName, "image");

    /// <summary>True where one can be made and broken.</summary>
    public static bool IsPossible()
    {
        try
        {
            using var disk = new RealDisk(megabytes: 8);
            return disk.FaultTrigger() is not null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Nothing more can be written to the files of a directory, not through open ones either.</summary>
    public static void Forbid(string directory) => Change("+i", directory);

    /// <summary>It can again.</summary>
    public static void Allow(string directory) => Change("-i", directory);

    /// <summary>Has the kernel find the file system broken, as it does after an error of the device: it is read-only from then on.</summary>
    public void Break() => File.WriteAllText(FaultTrigger()!, "broken by a test");

    /// <summary>Unmounts it, has it checked, and mounts it again.</summary>
    public void Mend()
    {
        Assert.Equal(0, Run("umount", Path));
        isMounted = false;
        Assert.InRange(Run("fsck.ext4", "-fy", Image), 0, CheckedAndMended);
        Assert.True(Mount());
    }

    public void Dispose()
    {
        if (isMounted)
        {
            Assert.Equal(0, Run("umount", Path));
        }

        parent.Delete(recursive: true);
    }

    // Not the index of the log, which is written through memory: that would end the process.
    private static void Change(string attribute, string directory) => Assert.Equal(
        0, Run("chattr", attribute, System.IO.Path.Combine(directory, "journal.db"), System.IO.Path.Combine(directory, "journal.db-wal")));

    private bool Mount() => isMounted = Run("mount", "-o", "loop,errors=remount-ro", Image, Path) == 0;

    private string? FaultTrigger()
    {
        var mounted = File.ReadLines("/proc/mounts").Select(line => Mounted().Match(line)).First(mount => mount.Success && mount.Groups["path"].Value == Path);
        var trigger = $"/sys/fs/ext4/{mounted.Groups["device"].Value}/trigger_fs_error";
        return File.Exists(trigger) ? trigger : null;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), program);
        Task.WaitAll([errors, output], TimeSpan.FromMinutes(2));
        return process.ExitCode;
    }

    [GeneratedRegex("^/dev/(?<device>[^ ]+) (?<path>[^ ]+) ext4 ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mounted();
}

/// <summary>A test on a <see cref="RealDisk"/>, skipped where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithRealDiskAttribute : FactAttribute
{
    private static readonly bool IsPossible = RealDisk.IsPossible();

    public FactWithRealDiskAttribute()
    {
        if (!IsPossible)
        {
            Skip = "Needs the right to mount a loop device with ext4.";
        }
    }
}
