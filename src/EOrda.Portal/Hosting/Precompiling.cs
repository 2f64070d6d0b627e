using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Has the runtime compile the portal's own code before anybody needs it. It compiles a method when it is first called: the first claims after a start, which
/// may come at 07:00, would wait for hundreds of them.
/// </summary>
internal static partial class Precompiling
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compiles what some assemblies define, on a thread of its own. What stands for many types is left to the first call, or to a practice.</summary>
    /// <param name="log">Where it logs.</param>
    /// <param name="practice">Done afterwards; calls what is to be compiled, with no effect on anything.</param>
    /// <param name="assemblies">The assemblies.</param>
    public static void Begin(ILogger log, Action practice, params Assembly[] assemblies)
    {
        var thread = new Thread(() =>
        {
            Array.ForEach(assemblies, assembly => Compile(log, assembly));
            practice();
        })
        {
            IsBackground = true,
            Name = "precompiling",
        };
        thread.Start();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The portal is not trimmed.")]
    private static void Compile(ILogger log, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
            {
                Compile(log, method);
            }
        }
    }

    private static void Compile(ILogger log, MethodBase method)
    {
        try
        {
            if (method is { IsAbstract: false, ContainsGenericParameters: false } && method.GetMethodBody() is not null)
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
#pragma warning disable CA1031 // What cannot be compiled is told to who calls it; here it is nobody's concern.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogNotCompiled(log, method, fault);
        }
    }

    [LoggerMessage(130, LogLevel.Debug, "{Method} could not be compiled beforehand")]
    private static partial void LogNotCompiled(ILogger log, MethodBase method, Exception fault);
}
