using EOrda.Queues.Applications;

namespace EOrda.Portal.Demonstration;

/// <summary>Invented parents of a queue, with their secrets, so that the page can play one.</summary>
internal sealed record ParentsView(string Queue, IReadOnlyList<ParentView> Parents);

/// <summary>An invented parent.</summary>
/// <param name="Application">The application.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Position">Its position, unless it does not wait.</param>
/// <param name="Category">Its category.</param>
/// <param name="Siblings">The siblings that can be reserved for together with it.</param>
internal sealed record ParentView(string Application, string Secret, int? Position, Category Category, IReadOnlyList<SiblingView> Siblings);

/// <summary>A sibling's application.</summary>
internal sealed record SiblingView(string Application, string Secret, string Queue);
