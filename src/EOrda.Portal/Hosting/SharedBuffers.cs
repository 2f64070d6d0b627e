namespace EOrda.Portal.Hosting;

/// <summary>
/// The buffers that the runtime shares out. It keeps 32 a processor at first, but a live update borrows one for each browser of a group at once: on few processors
/// nearly all of them would be made anew for each update, two kilobytes a browser.
/// </summary>
internal static class SharedBuffers
{
    private const string Setting = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";
    private const int Kept = 1_024;

    /// <summary>Has more of them kept, unless the operator has said how many. To be called before anything has borrowed one; does nothing later.</summary>
    public static void Enlarge()
    {
        if (Environment.GetEnvironmentVariable(Setting) is null)
        {
            Environment.SetEnvironmentVariable(Setting, Kept.ToString());
        }
    }
}
