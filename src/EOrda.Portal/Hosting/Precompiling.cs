using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Has the runtime compile the portal's own code before anybody needs it. It compiles a method when it is first called: the first claims after a start, which
/// may come at 07:00, would wait for hundreds of them.
/// </summary>
internal static class Precompiling
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compiles what some assemblies define, on a thread of its own. What stands for many types is left to the first call.</summary>
    public static void Begin(params Assembly[] assemblies)
    {
        var thread = new Thread(() => Array.ForEach(assemblies, Compile)) { IsBackground = true, Name = "precompiling" };
        thread.Start();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The portal is not trimmed.")]
    private static void Compile(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
            {
                if (method is { IsAbstract: false, ContainsGenericParameters: false } && method.GetMethodBody() is not null)
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
            }
        }
    }
}
